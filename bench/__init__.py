"""How fast the demonstration lycée answers: `bin/bench`. What is measured is declared in `measures.py`."""
