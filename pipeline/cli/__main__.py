"""``python -m pipeline.cli`` is ``attsats``."""

from . import main

raise SystemExit(main())
