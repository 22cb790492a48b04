"""Are the tests tested? `python -m tests.mutate`: the code is changed a little, and the tests must notice."""
