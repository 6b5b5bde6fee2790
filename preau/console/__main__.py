import sys

from preau.console.main import main

sys.exit(main())
