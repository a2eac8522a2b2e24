-- what a fresh installation begins with: the tariffs and the example orders, editable in the panel

insert into tariffs (name, orders_per_month, reaction_minutes, price_minor, may_pin, sees_contacts) values
    ('Эконом', 5, 24 * 60, 1000000, false, false),
    ('Стандарт', 15, 60, 3000000, true, false),
    ('VIP', 60, 60, 9000000, true, true);

insert into categories (id, name_ru, name_en, position) values
    (1, 'Сайт', 'Site', 1),
    (2, 'Таблицы', 'Spreadsheets', 2),
    (3, 'Дизайн', 'Design', 3),
    (4, 'Другое', 'Other', 4);

create table example_orders (
    language text not null check (language in ('ru', 'en')),
    position integer not null,
    text     text not null,
    primary key (language, position)
);
insert into example_orders (language, position, text) values
    ('ru', 1, 'Здравствуйте, нужно добавить в интернет-магазин фильтр товаров по цвету'),
    ('ru', 2, 'Здравствуйте, нужно выгрузить товары с сайта в Excel-таблице'),
    ('ru', 3, 'Здравствуйте, нужно загрузить 450 SKU на сайт из Excel таблицы'),
    ('ru', 4, 'Здравствуйте, хочу провести на сайте акцию, хочу разместить баннер и добавить функционал, чтобы впридачу к акционным товарам выдавался подарок'),
    ('en', 1, 'Hello, please add a filter by colour to our web shop'),
    ('en', 2, 'Hello, please export the goods of our site to a spreadsheet'),
    ('en', 3, 'Hello, please load 450 products from a spreadsheet into our site'),
    ('en', 4, 'Hello, we are planning a campaign: please put up a banner and add a gift with every promoted purchase');
