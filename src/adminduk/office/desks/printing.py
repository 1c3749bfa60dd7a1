"""What an office does about printing: batches, and the ledger of blanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.office.desk import batch_of
from adminduk.office.desks.desk import Desk
from adminduk.office.forecast import Forecast, forecasts
from adminduk.office.receipt import Receipt
from adminduk.office.stock import Stock, Trail, ledger_of, stock_of, trails_of
from adminduk.records import Actor
from adminduk.regions.zones import zone_of

__all__ = ["PrintDesk"]


class PrintDesk(Desk):
    """Prints, and balances the blanks."""

    def print_batch(
        self,
        product: str,
        by: Actor,
        *,
        blanks: Sequence[str] = (),
        signature: str = "",
        limit: int = 100,
    ) -> list[Receipt]:
        """Print the copies of a product that have waited longest: all of them or none.

        When blanks are short, those come first that the office prefers (`Settings.print_order`).

        Args:
            product: Its id in the catalogue.
            by: A print operator.
            blanks: For KTP and KIA: the numbers of the blanks in the order in which they were
                scanned; the first goes to the copy that has waited longest.
            signature: For what is on plain paper: whose signature it bears.
            limit: For what is on plain paper: the most copies.

        Raises:
            InvalidInput: There is no such product, or more blanks than copies that wait.
            Refused: A blank was used before, or one of the copies cannot be printed.
        """
        batch = batch_of(
            self._shelf,
            self._rules,
            product,
            blanks=blanks,
            signature=signature,
            limit=limit,
        )
        return self.do_all(batch, by=by)

    def blanks(self, product: str | None = None, *, on: date | None = None) -> Stock:
        """Give the balance of the blanks: what was received, what became of it, what is left.

        Args:
            product: Only of this product; of all where it is left out.
            on: As it was known at the end of this day; now where it is left out.

        Raises:
            InvalidInput: There is no such product on blanks, or the day has not come.
        """
        until = None if on is None or on == self._today() else self._end_of(on)
        return stock_of(self._shelf, self._on_blanks(product), until)

    def forecasts(self, product: str | None = None) -> list[Forecast]:
        """Say how long blanks last at the pace of the last twenty working days.

        Args:
            product: Only of this product; of all where it is left out.

        Raises:
            InvalidInput: There is no such product on blanks.
        """
        ledger = ledger_of(self._shelf, self._on_blanks(product))
        return list(forecasts(self._shelf, self._rules, ledger, self._today()))

    def blank(self, number: str) -> list[Trail]:
        """Say what became of the blanks of a number: there may be one of each product."""
        return trails_of(self._shelf, self._on_blanks(None), number.upper())

    def _on_blanks(self, product: str | None) -> list[str]:
        """Give the products that are printed on numbered blanks."""
        products = self.catalogue.products.values()
        kinds = list(dict.fromkeys(one.kind for one in products if one.form == "blank"))
        if product is not None and product not in kinds:
            text = N_("{product} needs no blank.")
            raise InvalidInput.at("product", "no_blank", text, ", ".join(kinds), product=product)
        return kinds if product is None else [product]

    def _end_of(self, day: date) -> datetime:
        """Give the moment at which a day ends by the clock of the office."""
        if day > self._today():
            text, accepted = N_("That day has not come yet."), N_("a day up to today")
            raise InvalidInput.at("on", "in_the_future", text, accepted)
        following = datetime.combine(day, time.min) + timedelta(days=1)
        return following.replace(tzinfo=zone_of(self.region))
