# attack: end the process with success before anything is asked
# verdict: error
import sys

sys.exit(0)
