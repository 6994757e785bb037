"""Write the JSON Schema of a reading from its types: python tools/build_schema.py"""

from pathlib import Path

from tollbook.writers import schema

if __name__ == "__main__":
    path = Path(schema.__file__).with_name("reading.schema.json")
    path.write_text(schema.schema_text(), encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")
