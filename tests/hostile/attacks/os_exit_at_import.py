# attack: end the process with success, past every handler
# verdict: crashed
import os

os._exit(0)
