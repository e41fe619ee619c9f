"""Looking at where the links of evidence lead: the only place from which the program asks other machines for anything.

`fetcher` goes to one address and tells what was there, `looking` decides to which, and notes it. Nothing of what comes
back is kept, opened or unpacked: its digest, its size and what its first bytes are is all that is taken.
"""
