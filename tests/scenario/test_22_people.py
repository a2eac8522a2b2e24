"""Goal: an owner sees who there is, gives and takes roles, chooses people in Telegram's picker and sees to accounts, all by buttons"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S

OWNER, MANAGER = 1, 31


@pytest.fixture(scope="module")
def company(suite, company):
    company.owner = company.joins(OWNER, "Владелец", "owner")
    company.manager = company.joins(MANAGER, "Менеджер 1", "manager")
    company.anna = company.joins(1001, "Клиент 1", "client", tariff="VIP", paid_until=PAID)
    company.ivan = company.joins(2001, "Подрядчик 1", "contractor")
    return company


def roles_of(suite, person):
    return suite.value("select coalesce(max(roles), 0) from person_facts where telegram_id = %s", person.id)


def wait_roles(suite, person, roles):
    wait_until(lambda: roles_of(suite, person) == roles, WAIT_S, f"{person.name} to have the roles {roles}", lambda: roles_of(suite, person))


def card_of(owner, role, name):
    """The card of a person: /people, the role, the name."""
    before = owner.mark()
    owner.say("/people")
    owner.press(role, owner.wait_for("Люди", button=role, after=before))
    page = owner.wait_for(f"{role}: ", button=name, after=before)
    owner.press(name, page)
    return owner.wait_for(name, button="« Люди", after=before, regex="Здесь с")


def menu_of(suite, person):
    """The commands Telegram shows in that chat."""
    return [c["command"] for c in suite.sim.get(f"chats/{person.id}").get("commands") or []]


# ---- roles ----

def test_a_contractor_becomes_a_manager_too_and_the_menu_follows_at_once(suite, company):
    card = card_of(company.owner, "подрядчик", "Подрядчик 1")
    assert "Роли: подрядчик" in card.text and "В работе: 0, закрыто: 0" in card.text
    assert {"➖ Подрядчик", "➕ Менеджер", "➕ Владелец", "➕ Клиент"} <= set(card.buttons)
    company.owner.press("➕ Менеджер", card)
    company.ivan.wait_for("теперь менеджер")
    wait_roles(suite, company.ivan, 2 | 4)
    company.owner.wait_for("Роли: подрядчик, менеджер")
    wait_until(lambda: {"board", "work"} <= set(menu_of(suite, company.ivan)), WAIT_S, "both roles in the menu", lambda: menu_of(suite, company.ivan))


def test_a_role_is_taken_away_after_a_question_and_given_back(suite, company):
    order = company.orders(company.anna, "Настроить почту")
    company.takes(company.ivan, order)
    company.owner.press("➖ Подрядчик", card_of(company.owner, "подрядчик", "Подрядчик 1"))
    asked = company.owner.wait_for("Снять роль")
    assert "Заказов вернётся в очередь: 1" in asked.text
    assert roles_of(suite, company.ivan) == 6, "asking changes nothing"
    company.owner.press("Да, снять", asked)
    wait_roles(suite, company.ivan, 4)
    assert "последняя" not in company.ivan.wait_for("С вас снята роль: подрядчик").text
    company.reach(order, "new")
    company.owner.press("Снова подрядчик", company.owner.wait_for("Роли: менеджер", button="Снова подрядчик"))
    wait_roles(suite, company.ivan, 6)


def test_who_is_removed_reads_so_and_has_a_strangers_menu(suite, company):
    petr = company.joins(2002, "Contractor 2", "contractor")
    company.owner.press("➖ Подрядчик", card_of(company.owner, "подрядчик", "Contractor 2"))
    company.owner.press("Да, снять", company.owner.wait_for("Снять роль"))
    company.owner.wait_for("Больше ролей нет")
    petr.wait_for(regex="С вас снята роль: подрядчик. Это была последняя.*спросите того, кто вас пригласил")
    wait_until(lambda: menu_of(suite, petr) == ["start"], WAIT_S, "the menu to be taken away at once", lambda: menu_of(suite, petr))
    before = petr.mark()
    petr.say("What about my money?")
    petr.wait_for("больше не участник", after=before)
    before = company.owner.mark()
    company.owner.say("/people")
    company.owner.press("Удалённые", company.owner.wait_for("Люди", button="Удалённые", after=before))
    company.owner.press("Contractor 2", company.owner.wait_for("Удалённые: 1"))
    company.owner.press("Снова подрядчик", company.owner.wait_for("Больше ролей нет", button="Снова подрядчик", after=before))
    wait_roles(suite, petr, 2)
    wait_until(lambda: "work" in menu_of(suite, petr), WAIT_S, "the menu to be back", lambda: menu_of(suite, petr))


def test_the_last_owner_stays(suite, company):
    company.owner.press("➖ Владелец", card_of(company.owner, "владелец", "Владелец"))
    toast = company.owner.press("Да, снять", company.owner.wait_for("Снять роль"))
    assert "Последнего владельца" in toast["text"] and toast["show_alert"]
    assert roles_of(suite, company.owner) == 8


# ---- Telegram's own picker ----

def opens_picker(company):
    before = company.owner.mark()
    company.owner.say("/invite")
    company.owner.press("Выбрать из Telegram", company.owner.wait_for(button="Выбрать из Telegram", after=before))
    company.owner.wait_for("нажмите роль внизу", after=before)
    assert company.owner.keyboard() == ["клиент", "подрядчик", "менеджер", "владелец"]


def chooses(suite, company, person, role):
    opens_picker(company)
    suite.sim.post("users_shared", user_id=OWNER, request_id=role, user_ids=[person.id])


def test_the_pickers_buttons_go_if_nobody_is_chosen(company):
    before = company.owner.mark()
    opens_picker(company)
    company.owner.say("/menu")
    company.owner.wait_for("Никто не выбран", after=before)
    company.owner.wait_for("Главное меню", after=before)
    assert not company.owner.keyboard()


def test_somebody_chosen_joins_by_a_link_nobody_else_can_open(suite, company):
    vera = suite.sim.person(2003, "Подрядчик 3", language_code="ru")
    chooses(suite, company, vera, 2)
    told = company.owner.wait_for("только выбранному человеку")
    link = next(word for word in told.text.split() if word.startswith("http"))
    thief = suite.sim.person(2004, "Прохожий", language_code="ru")
    thief.start(link)
    assert "для другого человека" in thief.tap("join")["text"]
    assert roles_of(suite, thief) == 0
    vera.start()  # without the link: the bot knows who was chosen
    vera.wait_for("Вас пригласили")
    vera.tap("join")
    wait_roles(suite, vera, 2)
    company.owner.wait_for("С вами теперь Подрядчик 3")


def test_somebody_chosen_who_has_joined_gets_the_role_at_once(suite, company):
    before = company.anna.mark()
    chooses(suite, company, company.anna, 2)
    company.anna.wait_for("теперь подрядчик", after=before)
    wait_roles(suite, company.anna, 3)


def test_a_chosen_client_gets_a_tariff_first(suite, company):
    boris = suite.sim.person(1002, "Client 2", language_code="en")
    chooses(suite, company, boris, 1)
    company.owner.say("VIP")
    company.owner.wait_for("Нажмите одну из кнопок")
    company.owner.press("Эконом", company.owner.wait_for("На каком тарифе?", button="В существующий счёт"))
    company.owner.wait_for("только выбранному человеку")
    boris.start()
    boris.tap("join")
    wait_roles(suite, boris, 1)
    assert suite.value("select t.name from accounts a join tariffs t on t.id = a.tariff_id where a.name = 'Client 2'") == "Эконом"


# ---- accounts ----

def account_card(company):
    before = company.owner.mark()
    company.owner.say("/people")
    company.owner.press("Счета", company.owner.wait_for("Люди", button="Счета", after=before))
    company.owner.press("Клиент 1", company.owner.wait_for("Клиентские счета", button="Клиент 1", after=before))
    return company.owner.wait_for("Клиент 1", button="Добавить заказы", after=before)


def account(suite):
    return suite.query("""select t.name, a.paid_until::text, q.quota_left from accounts a join tariffs t on t.id = a.tariff_id
                          join account_quota q on q.account_id = a.id where a.name = 'Клиент 1'""")[0]


def test_an_account_is_moved_prolonged_and_given_orders(suite, company):
    left = account(suite)[2]
    company.owner.press("Другой тариф", account_card(company))
    company.owner.press("Стандарт", company.owner.wait_for("На каком тарифе?"))
    wait_until(lambda: account(suite)[0] == "Стандарт", WAIT_S, "the other tariff")
    company.owner.press("Оплачено до", account_card(company))
    company.owner.press("+ 1 месяц", company.owner.wait_for("На сколько продлить?"))
    wait_until(lambda: account(suite)[1] == "2036-02-29", WAIT_S, "a month from the last day paid for", lambda: account(suite))
    company.owner.press("Оплачено до", account_card(company))
    company.owner.say("завтра")
    company.owner.wait_for("Не понял дату")
    company.owner.say("31.12.2037")
    wait_until(lambda: account(suite)[1] == "2037-12-31", WAIT_S, "the typed date", lambda: account(suite))
    before = account(suite)[2]
    assert before < left, "the smaller tariff"
    company.owner.press("Добавить заказы", account_card(company))
    company.owner.say("много")
    company.owner.wait_for("Сначала напишите число")
    company.owner.say("2 в извинение за задержку")
    wait_until(lambda: account(suite)[2] == before + 2, WAIT_S, "the grant", lambda: account(suite))
    assert suite.query("select amount, reason from quota_entries where kind = 'grant'") == [(2, "в извинение за задержку")]


def test_one_more_person_joins_an_account_and_a_used_or_revoked_link_says_so(suite, company):
    company.owner.press("Ещё человек", account_card(company))
    link = next(word for word in company.owner.wait_for("Вот ссылка").text.split() if word.startswith("http"))
    galina = suite.sim.person(1003, "Клиент 3", language_code="ru")
    company.accepts(galina, link)
    assert suite.value("select count(distinct account_id) from person_facts where telegram_id in (1001, 1003)") == 1
    late = suite.sim.person(1004, "Client 4", language_code="en")
    late.start(link)
    assert late.tap("join")["text"] == "This link has been used already. Ask for a new one."
    expired = company.ctl.invite("contractor")
    suite.ctl.advance("169h")
    late.start(expired)
    late.wait_for("You have been invited")
    assert late.tap("join")["text"] == "This link has expired. Ask for a new one."


def test_everything_still_adds_up(suite):
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
