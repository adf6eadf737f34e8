"""Russian word forms that depend on a number."""


def plural(number: int, one: str, few: str, many: str) -> str:
    """Say a number with its noun: «1 минута», «2 минуты», «5 минут»."""
    return f"{number} {noun(number, one, few, many)}"


def noun(number: int, one: str, few: str, many: str) -> str:
    """Choose the form of a noun that goes with a number (CLDR plural rules for Russian)."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
        return few
    return many
