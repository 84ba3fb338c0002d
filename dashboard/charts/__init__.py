"""From a tidy frame to a chart: a frozen `ChartSpec` with all words and numbers; renderers only draw."""
