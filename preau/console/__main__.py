"""`python -m preau.console`: the same as `preau`."""

import sys

from preau.console.main import main

sys.exit(main())
