"""The sandbox: a warm, jailed zygote and the confined workers that it forks."""
