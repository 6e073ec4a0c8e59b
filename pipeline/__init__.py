"""attsats: Swedish council documents, as OCR left them, into structured data."""
