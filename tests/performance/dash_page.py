"""The same six charts as a plain Dash page over the same rows: ``python dash_page.py STORE PORT``."""

import sqlite3
import sys

import dash
import pandas as pd
import plotly.graph_objects as go
from dash import Input, Output, dcc, html

STORE, PORT = sys.argv[1], int(sys.argv[2])
CITIES = ("viborg", "tucson", "linz", "karlsruhe", "bristol", "parma", "ostersund")
CODES = tuple(f"figure_{number}" for number in range(1, 7))
COLOURS = ("#00589c", "#8a5a2c", "#47705b", "#7b4a79", "#5b6670", "#78640a")
QUERY = """
    SELECT p.slug, o.period_end, o.value FROM observation o
    JOIN indicator i ON i.id = o.indicator_id JOIN place p ON p.id = o.place_id
    WHERE i.code = ? AND p.slug IN (?, ?, ?, ?, ?, ?) ORDER BY p.slug, o.period_end
"""

app = dash.Dash(__name__, compress=True)
app.layout = html.Div(
    [
        dcc.Dropdown(
            [{"label": c.capitalize(), "value": c} for c in CITIES], CITIES[0], id="city", clearable=False
        ),
        html.Div(
            [dcc.Graph(id=code) for code in CODES],
            style={"display": "grid", "gridTemplateColumns": "1fr 1fr"},
        ),
    ]
)


@app.callback([Output(code, "figure") for code in CODES], Input("city", "value"))
def figures(city: str) -> list[go.Figure]:
    places = [city, *[other for other in CITIES if other != city][:5]]
    with sqlite3.connect(STORE) as connection:
        return [_figure(connection, code, places) for code in CODES]


def _figure(connection: sqlite3.Connection, code: str, places: list[str]) -> go.Figure:
    rows = pd.read_sql(QUERY, connection, params=[code, *places])
    drawn = go.Figure(layout={"title": code.replace("_", " ").capitalize(), "height": 450})
    for place, colour in zip(places, COLOURS, strict=True):
        own = rows[rows["slug"] == place]
        drawn.add_scatter(
            x=own["period_end"], y=own["value"], name=place.capitalize(), mode="lines", line={"color": colour}
        )
    return drawn


if __name__ == "__main__":
    app.run(port=PORT, debug=False)
