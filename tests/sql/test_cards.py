"""Goal: an order has one live card per chat, the one told or opened last, whatever order the answers of Telegram are written down in"""
import pathlib
import re

import pytest

REPO = pathlib.Path(__file__).resolve().parents[2]
QUERY = re.sub(r"^--.*$", "", (REPO / "sql/queries/bot-gateway/replace_cards.sql").read_text("utf-8"), flags=re.MULTILINE)
CHAT, ORDER = 1001, 1024


@pytest.fixture(scope="module")
def database(cluster, template):
    name = "cards_test"
    cluster.create_database(name, template)
    yield name
    cluster.drop_database(name)


@pytest.mark.parametrize("live, made, written, stays, shrink", [
    (None, {30: 1}, [30], 30, set()),                    # the first
    (30, {30: 1, 45: 2}, [45], 45, {30}),                # told below
    (45, {30: 3, 45: 2}, [30], 30, {45}),                # opened again in an older message's place
    (45, {30: 1, 45: 2}, [30], 45, {30}),                # an old press, written down after what was told below it meanwhile
    (20, {20: 0, 30: 1, 45: 2}, [30, 45], 45, {20, 30}), # both at once
    (30, {30: 1}, [30], 30, set()),                      # the same once more
])
def test_the_newest_word_is_the_card(cluster, database, live, made, written, stays, shrink):
    cluster.query(database, "delete from cards; delete from deliveries")
    for message, minute in made.items():
        cluster.query(database, """
            insert into deliveries (bot_id, chat_id, order_id, class, state, message_id, made_at, settled_at)
            values (7, %s, %s, 1, 'sent', %s, now() + %s * interval '1 minute', now())""", [CHAT, ORDER, message, minute])
    if live:
        cluster.query(database, "insert into cards values (%s, %s, %s, 'offer')", [CHAT, ORDER, live])
    with cluster.connect(database, "itsupport-bot-gateway") as session, session.cursor() as cursor:
        cursor.execute(f"prepare replace_cards as {QUERY}")
        cursor.execute("execute replace_cards(%s, %s, %s, %s)", [[CHAT] * len(written), [ORDER] * len(written), written, ["order"] * len(written)])
        former = {message for _, _, message in cursor.fetchall()}
        session.commit()
    assert former == shrink
    assert cluster.query(database, "select message_id from cards") == [(stays,)]
