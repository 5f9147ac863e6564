"""Read published disclosure reports (政府信息公开工作年度报告) into raw.duckdb."""
