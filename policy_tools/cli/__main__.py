"""`python -m policy_tools.cli` is `policy`."""

from policy_tools.cli import main

main()
