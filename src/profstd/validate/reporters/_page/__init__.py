"""The parts of the HTML report: the text beside a finding, its markup, style and script."""
