"""What people type and machines send that is no figure of an evaluation."""

NO_FIGURES = (
    "1e20000",
    "1e-400",
    "1e3",
    "1_0",
    "-1",
    "+5",
    "NaN",
    "Infinity",
    "１２",
    "٣",
    "1,5",
    ".5",
    "5.",
    "0.000000000000000000001",
    "111111111111111111111",
    "많이",
)
