import os

import requests

from helpers import write_rows


class InvoiceExport:
    """Writes invoices of a month to a file."""

    def run(self, month):
        rows = requests.get(os.environ["BILLING_URL"] + "/invoices").json()
        write_rows(rows, month)


def test_export_runs():
    InvoiceExport().run("2025-06")
