"""How much is thrown at the intake: one profile for all of these tests."""

from hypothesis import HealthCheck, settings

# Fixed seeds: what is found once is found on every machine. `make fuzz` looks on at random.
settings.register_profile(
    "hostile",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
