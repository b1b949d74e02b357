"""The reader: decodes, parses and unpacks what students hand in, confined and under limits. None of it is run here."""
