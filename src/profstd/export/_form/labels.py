"""The words that the official form prints, in the languages of documents.

The keys of `LABELS` are those of the reader's labels, which a test holds to be the same;
``{n}`` is a number, ``{name}`` a name. A key with "/" is the same label without the one
or the other.

Sources: the template of the standard to Order No. 377 of 7 September 2023.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from profstd.model import Language

Words: TypeAlias = Mapping[str, str]

LABELS: Mapping[Language, Words] = {
    "ru": {
        "document": "Профессиональный стандарт: «{name}»",
        "document/nameless": "Профессиональный стандарт:",
        "chapter.general": "Глава 1. Общие положения",
        "chapter.passport": "Глава 2. Паспорт профессионального стандарта",
        "chapter.cards": "Глава 3. Карточки профессий",
        "chapter.technical": "Глава 4. Технические данные профессионального стандарта",
        "scope": "Область применения профессионального стандарта:",
        "terms": (
            "В настоящем профессиональном стандарте применяются следующие термины и определения:"
        ),
        "abbreviations": (
            "В настоящем профессиональном стандарте применяются следующие сокращения:"
        ),
        "title": "Название профессионального стандарта:",
        "code": "Код профессионального стандарта:",
        "economic_activities": (
            "Указание секции, раздела, группы, класса и подкласса согласно ОКЭД:"
        ),
        "summary": "Краткое описание профессионального стандарта:",
        "profession_list": "Перечень карточек профессий:",
        "card": "{n}. Карточка профессии «{name}»:",
        "card/nameless": "{n}. Карточка профессии:",
        "card/unnumbered": "Карточка профессии «{name}»:",
        "group_code": "Код группы:",
        "occupation_code": "Код наименования занятия:",
        "name": "Наименование профессии:",
        "level": "Уровень квалификации по ОРК:",
        "sublevel": "Подуровень квалификации по ОРК:",
        "other_qualification": (
            "Уровень квалификации по ЕТКС, КС и др типовых квалификационных характеристик:"
        ),
        "education": "Уровень профессионального образования:",
        "education.level": "Уровень образования:",
        "education.specialty": "Специальность:",
        "education.qualification": "Квалификация:",
        "experience": "Требования к опыту работы:",
        "nonformal_learning": "Связь с неформальным и информальным образованием:",
        "other_names": "Другие возможные наименования профессии:",
        "purpose": "Основная цель деятельности:",
        "functions": "Описание трудовых функций",
        "listed_functions": "Перечень трудовых функций:",
        "mandatory": "Обязательные трудовые функции:",
        "additional": "Дополнительные трудовые функции:",
        "function.mandatory": "Трудовая функция {n}:",
        "function.mandatory/unnumbered": "Трудовая функция:",
        "function.additional": "Дополнительная трудовая функция {n}:",
        "function.additional/unnumbered": "Дополнительная трудовая функция:",
        "skill": "Навык {n}:",
        "skill/unnumbered": "Навык:",
        "abilities": "Умения:",
        "knowledge": "Знания:",
        "recognition": "Возможность признания навыка:",
        "personal_competencies": "Требования к личностным компетенциям:",
        "regulations": "Список технических регламентов и национальных стандартов:",
        "related": "Связь с другими профессиями в рамках ОРК:",
        "related.level": "Уровень ОРК:",
        "authority": "Наименование государственного органа:",
        "developers": "Организации (предприятия) участвующие в разработке:",
        "email": "E-mail:",
        "phone": "Номер телефона:",
        "sector_council": "Отраслевой совет по профессиональным квалификациям:",
        "national_body": "Национальный орган по профессиональным квалификациям:",
        "chamber": "Национальная палата предпринимателей Республики Казахстан «Атамекен»:",
        "version": "Номер версии и год выпуска:",
        "review_date": "Дата ориентировочного пересмотра:",
        "page.description": "Описание профессии",
        "page.purpose": "Основная цель",
        "page.personal_competencies": "Требования к личностным компетенциям",
        "page.experience": "Требования к опыту работы",
        "page.related": "Связь с другими профессиями",
        "page.related_level": "{n} уровень ОРК",
        "page.level": "Уровень {n}",
        "page.skill": "Навык {n}",
    },
    "kk": {
        "document": "Кәсіптік стандарт: «{name}»",
        "document/nameless": "Кәсіптік стандарт:",
        "chapter.general": "1-ші тарау. Жалпы ережелер",
        "chapter.passport": "2-ші тарау. Кәсіптік стандарттың паспорты",
        "chapter.cards": "3-ші тарау. Кәсіп карточкалары",
        "chapter.technical": "4-ші тарау. Кәсіптік стандарттың техникалық деректері",
        "scope": "Кәсіптік стандарттың қолдану аясы:",
        "terms": "Осы кәсіптік стандартта мынадай терминдер мен анықтамалар қолданылады:",
        "abbreviations": "Осы кәсіптік стандартта мынадай қысқартулар қолданылады:",
        "title": "Кәсіптік стандарттың атауы:",
        "code": "Кәсіптік стандарттың коды:",
        "economic_activities": (
            "ЭҚЖЖ-не сәйкес секция, бөлімді, топты, сыныпты және ішкі сыныпты көрсету:"
        ),
        "summary": "Кәсіптік стандарттың қысқаша сипаттамасы:",
        "profession_list": "Кәсіп карточкаларының тізбесі:",
        "card": "{n}. «{name}» кәсібінің карточкасы:",
        "card/nameless": "{n}. Кәсіп карточкасы:",
        "card/unnumbered": "«{name}» кәсібінің карточкасы:",
        "group_code": "Топтың коды:",
        "occupation_code": "Кәсіп атауының коды:",
        "name": "Кәсіптің атауы:",
        "level": "СБШ бойынша біліктілік деңгейі:",
        "sublevel": "СБШ бойынша біліктіліктің кіші деңгейі:",
        "other_qualification": (
            "БТБА, БА және басқа да үлгілік біліктілік сипаттамалары бойынша біліктілік деңгейі:"
        ),
        "education": "Кәсіптік білім деңгейі:",
        "education.level": "Білім деңгейі:",
        "education.specialty": "Мамандық:",
        "education.qualification": "Біліктілік:",
        "experience": "Жұмыс тәжірибесіне қойылатын талаптар:",
        "nonformal_learning": "Бейресми және информалды біліммен байланысы:",
        "other_names": "Кәсіптің басқа ықтимал атаулары:",
        "purpose": "Қызметтің негізгі мақсаты:",
        "functions": "Еңбек функцияларының сипаттамасы",
        "listed_functions": "Еңбек функцияларының тізбесі:",
        "mandatory": "Міндетті еңбек функциялары:",
        "additional": "Қосымша еңбек функциялары:",
        "function.mandatory": "{n}-еңбек функциясы:",
        "function.mandatory/unnumbered": "Еңбек функциясы:",
        "function.additional": "{n}-қосымша еңбек функциясы:",
        "function.additional/unnumbered": "Қосымша еңбек функциясы:",
        "skill": "{n}-дағды:",
        "skill/unnumbered": "Дағды:",
        "abilities": "Машықтар:",
        "knowledge": "Білім:",
        "recognition": "Дағдыны тану мүмкіндігі:",
        "personal_competencies": "Жеке құзыреттерге қойылатын талаптар:",
        "regulations": "Техникалық регламенттер мен ұлттық стандарттардың тізімі:",
        "related": "СБШ шеңберіндегі басқа кәсіптермен байланысы:",
        "related.level": "СБШ деңгейі:",
        "authority": "Мемлекеттік органның атауы:",
        "developers": "Әзірлеуге қатысатын ұйымдар (кәсіпорындар):",
        "email": "E-mail:",
        "phone": "Телефон нөмірі:",
        "sector_council": "Кәсіптік біліктілік жөніндегі салалық кеңес:",
        "national_body": "Кәсіптік біліктілік жөніндегі ұлттық орган:",
        "chamber": "«Атамекен» Қазақстан Республикасының Ұлттық кәсіпкерлер палатасы:",
        "version": "Нұсқа нөмірі және шығарылған жылы:",
        "review_date": "Болжамды қайта қарау күні:",
        "page.description": "Кәсіптің сипаттамасы",
        "page.purpose": "Негізгі мақсаты",
        "page.personal_competencies": "Жеке құзыреттерге қойылатын талаптар",
        "page.experience": "Жұмыс тәжірибесіне қойылатын талаптар",
        "page.related": "Басқа кәсіптермен байланысы",
        "page.related_level": "СБШ {n}-деңгейі",
        "page.level": "{n}-деңгей",
        "page.skill": "{n}-дағды",
    },
}

# How values are said, and what separates them.
PHRASES: Mapping[Language, Words] = {
    "ru": {
        "recommended": "Рекомендовано",
        "not_recommended": "Не рекомендовано",
        "level": "{n} уровень ОРК",
        "sublevel": "подуровень {n}",
        "date": "{date} г.",
        "version": "версия {n}",
        "year": "{n} г.",
    },
    "kk": {
        "recommended": "Ұсынылады",
        "not_recommended": "Ұсынылмайды",
        "level": "СБШ-нің {n}-деңгейі",
        "sublevel": "кіші деңгейі {n}",
        "date": "{date} ж.",
        "version": "{n}-нұсқа",
        "year": "{n} жыл",
    },
}
