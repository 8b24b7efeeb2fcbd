# Українська, на «ти», як у Discord.

## The card
footer = Дослівні цитати. Verbatim не вирішує, хто має рацію.
read = Читати в статті
read-whole = Читати повністю
open-article = Відкрити статтю
headlines = Найближчі заголовки, які на це не відповідають
no-articles = Статей для пошуку ще немає.
nothing = Я не знайшов статті, яка на це відповідає.
none-of-time = Статей за цей час у мене немає. Найновіша — за { $day }.
none-of-time-from = Статей за цей час від { $names } у мене немає. Найновіша звідти — за { $day }.
none-as-narrowed = За цими фільтрами статей у мене немає.
in-part = наведено частково
no-date = без дати
no-outlet = видання не вказано
long-address = Адреса статті задовга, щоб її показати.
corrected = виправлено { $day }
updated = оновлено { $day }
kind-live = онлайн-трансляція
kind-video = відео
kind-excerpt = уривок, решта для передплатників
weak-language = Моя мовна модель найкраще знає англійську: відповіді цими мовами можуть бути слабкими: { $languages }.
no-news-comes-in = Зараз новини не надходять. Відповідаю з того, що вже маю.
heading-reported = Повідомляють
heading-denied = Заперечують
heading-no_comment = Без коментарів
heading-background = Передісторія
heading-neutral = Що кажуть статті
disagree = Джерела суперечать одне одному.
changed-reported = Повідомлено { $day }; раніше заперечували.
changed-denied = Заперечено { $day }; раніше повідомляли.
reported-by = Повідомляють: { $names }.
denied-by = Заперечують: { $names }.
reported-and-denied = Повідомляють: { $reported }; заперечують: { $denied }.
found-in = Знайдено тут: { $names }.
more-names = ще { $number }
newest = найновіша { $day }
newest-article = найновіша стаття { $day }
counted =
    { $number ->
        [one] { $number } стаття
        [few] { $number } статті
       *[many] { $number } статей
    }
counted-quoted =
    { $number ->
        [one] цитати з { $quoted } із { $number } статті
        [few] цитати з { $quoted } із { $number } статей
       *[many] цитати з { $quoted } із { $number } статей
    }
shown-of = показано цитат: { $shown } із { $found }
searched = Де шукали: { $what }
since = від { $day }
until = до { $day }
unmatched = За { $phrases } нічого не знайшлося, тому пошук охопив усі статті.
unmatched-filters = За фільтрами нічого не знайшлося, тому пошук охопив усі статті.
unmatched-partly = За { $phrases } нічого не знайшлося, тому пошук ішов без цього.
time-unread = { $phrases } я не зрозумів як час, тому шукав без цього.
spelling-read = Прочитано { $read }.
spelling-pair = «{ $typed }» як «{ $meant }»
first-of-several = Я шукав лише за першим запитанням. Постав друге окремо.
following-on = Продовження запитання: { $question }
citing = з посиланням на { $source }
also-in =
    { $number ->
        [one] також у { $number } виданні
        [few] також у { $number } виданнях
       *[many] також у { $number } виданнях
    }

## Small talk
small-talk-greeting = Привіт! Запитай мене щось про новини, наприклад: Did Trump call Putin?
small-talk-thanks = Прошу.
small-talk-identity = Я Verbatim, бот, який відповідає на запитання про новини дослівними цитатами.
small-talk-help = { help }
small-talk-opinion = Власної думки я не маю. Запитай, що повідомляли чи казали, і я покажу, хто це сказав.
small-talk-future = Я не вмію передбачати майбутнє. Запитай, що про це повідомляли чи казали досі.

## Help
help = Запитай мене про новини, і я дослівно покажу, що кажуть статті: із виданням, тим, хто це сказав, датою та посиланням на речення. Від себе я нічого не пишу й не вирішую, хто має рацію.
help-ask = `/{ name-ask } { option-question }` працює всюди; додай `{ option-since }`, `{ option-until }` або `{ option-outlet }`, щоб звузити пошук, і `{ option-private }`, щоб відповідь бачив лише ти.
help-mention = Згадай мене в каналі разом із запитанням або відповідай на моє повідомлення: відповідь може спиратися на його запитання.
help-direct = Напиши мені особисте повідомлення. Запитання може спиратися на попереднє: «And what did Kyiv say?»
help-check = У меню будь-якого повідомлення, у розділі «Програми», «{ menu-check-the-news }» шукає твердження з нього.
help-privacy = Запитання не записуються в журнал.
ask-something = Що тебе цікавить? Напиши запитання після мого імені або скористайся /{ name-ask }.

## What went wrong
wait-in-line = Зараз запитує дуже багато людей. Твоє запитання в черзі: відповідь за мить з’явиться тут.
error-busy = Зараз запитує дуже багато людей. Спробуй ще раз за хвилину.
error-too-slow = Пошук тривав задовго, і його зупинено. Спробуй ще раз або звузь його через { option-since }, { option-until } чи { option-outlet }.
error-stopping = Мене перезапускають. Спробуй ще раз за хвилину.
error-index-broken = Не можу прочитати свій архів. Той, хто мене запустив, побачить причину в журналі.
error-index-busy = Зараз не маю доступу до свого архіву. Спробуй ще раз за хвилину.
error-index-unfinished = Я ще індексую свої статті: готово { $percent } %. Запитай ще раз за кілька хвилин.
error-store-away = Зараз не можу нічого зберегти: моя база даних недоступна. Питати можна й далі. Спробуй це ще раз за кілька хвилин.
error-store-unconfirmed = Моя база даних не підтвердила це вчасно: можливо, збережено, а можливо, ні. Перевір за кілька хвилин, перш ніж пробувати ще раз.
error-too-often =
    { $seconds ->
        [one] Ти запитуєш швидше, ніж я читаю. Зачекай { $seconds } секунду.
        [few] Ти запитуєш швидше, ніж я читаю. Зачекай { $seconds } секунди.
       *[many] Ти запитуєш швидше, ніж я читаю. Зачекай { $seconds } секунд.
    }
error-too-many-clicks =
    { $seconds ->
        [one] Ти дуже швидко натискаєш кнопки. Зачекай { $seconds } секунду.
        [few] Ти дуже швидко натискаєш кнопки. Зачекай { $seconds } секунди.
       *[many] Ти дуже швидко натискаєш кнопки. Зачекай { $seconds } секунд.
    }
error-unknown-outlet = Статей видання «{ $outlet }» у мене немає. Є { $known }; усі показує список { option-outlet }.
error-no-outlets = Статей видання «{ $outlet }» у мене немає. { no-articles }
error-question-empty = Запитання порожнє. Запитай кількома словами, наприклад: Did Trump call Putin?
error-question-long = У запитанні символів: { $length }; я читаю щонайбільше { $most }. Постав його одним чи двома реченнями.
error-question-wordless = У цьому запитанні немає слів. Запитай кількома словами, наприклад: Did Trump call Putin?
error-since-unreadable = Не можу прочитати дату в полі { option-since }: «{ $date }». Напиши так: 2024-11-10, 10 листопада 2024, листопад 2024, вчора або 2 тижні тому.
error-until-unreadable = Не можу прочитати дату в полі { option-until }: «{ $date }». Напиши так: 2024-11-10, 10 листопада 2024, листопад 2024, вчора або 2 тижні тому.
error-date-ambiguous = «{ $date }» у Лондоні й у Нью-Йорку означає різні дні. Напиши так: 2024-11-10.
error-dates-swapped = Між { option-since } «{ $since }» і { option-until } «{ $until }» нічого немає: поміняй їх місцями.
error-command-changed = Ця команда змінилася. Перезапусти Discord або спробуй ще раз за хвилину.
went-wrong = У нас щось пішло не так ({ $fault }). Спробуй, будь ласка, пізніше.
connection-broke = Моє з’єднання з Discord обірвалося, перш ніж з’явилася відповідь. Запитай, будь ласка, ще раз.
may-not-write = Я не маю права писати в #{ $channel }, тому не можу там відповісти. Запитай мене тут або скористайся /{ name-ask }.
may-not-write-there = Я не маю права писати в тому каналі, тому не можу там відповісти. Запитай мене тут або скористайся /{ name-ask }.

## Feeds
feeds-added = Відтепер стежу: { $name }. За хвилину можна питати про ці статті.
feeds-known = Я вже стежу: { $name }.
feeds-removed = Більше не стежу: { $name }. Те, що надійшло звідти, залишається.
feeds-removed-here = Більше не стежу тут: { $name }. Статті звідти тут більше не відповідають.
feeds-imported =
    { $number ->
        [one] Додано { $number } стрічку, відомих уже було { $known }. Її буде прочитано найближчими хвилинами.
        [few] Додано { $number } стрічки, відомих уже було { $known }. Їх буде прочитано найближчими хвилинами.
       *[other] Додано { $number } стрічок, відомих уже було { $known }. Їх буде прочитано найближчими хвилинами.
    }
feeds-none = Тут ще немає жодної стрічки. Додай її через /{ name-feeds } { name-add }.
feeds-heading =
    { $number ->
        [one] Стежу за { $number } стрічкою.
       *[other] Стежу за { $number } стрічками.
    }
feeds-every =
    { $number ->
        [1] перевіряю щохвилини
        [one] перевіряю кожну { $number } хвилину
        [few] перевіряю кожні { $number } хвилини
       *[other] перевіряю кожні { $number } хвилин
    }
feeds-paused = призупинено, перевіряю раз на день: { $reason }
feeds-failing = востаннє не прочитано: { $reason }
feeds-flooding = оголошує понад { $number } статей на день: сповільнено, решту пропускаю
feeds-whose = для { $names }
feeds-of-everybody = усіх
feeds-of-server = сервера { $name }
feeds-of-person = особи { $number }
feeds-lift = Для всіх: { $name }
feeds-checked = Ось що я знайшов:
feeds-items =
    { $number ->
        [one] { $number } запис
        [few] { $number } записи
       *[other] { $number } записів
    }
feeds-more =
    { $number ->
        [one] і ще { $number } стрічка
        [few] і ще { $number } стрічки
       *[many] і ще { $number } стрічок
    }
feeds-carried = Найновіша сторінка недоступна; беру текст із самої стрічки.
feeds-broken = Ці стрічки й далі не працюють. Я призупиняю їх і перевіряю раз на день; /{ name-feeds } { name-add } відновлює стрічку.
error-feeds-place = Щоб дбати про стрічки сервера, потрібен дозвіл «Керувати сервером» на ньому. Напиши мені особисто, щоб стежити за стрічками лише для себе.
error-feeds-unknown = За цією стрічкою я не стежу: { $address }
error-feeds-others = { $name } відповідає всюди; прибрати може лише той, хто тримає цього бота.
error-feeds-many = Тут можна додати стрічок: { $number }, не більше. Спершу прибери якусь.
error-feeds-bad = Не можу стежити за «{ $address }»: { $reason }
error-feeds-file = Список може мати щонайбільше { $megabytes } МБ.
error-feeds-owner = Дозволити стрічці відповідати всюди може лише той, хто тримає цього бота.
error-fetch-missing = На { $host } немає такої сторінки.
error-fetch-denied = { $host } відмовляється дати нам цю сторінку.
error-fetch-wait = { $host } просить зачекати, перш ніж питати знову.
error-fetch-failing = { $host } зараз не працює як слід.
error-fetch-odd = { $host } відповів, але без сторінки.
error-fetch-large = { $host } надіслав понад { $megabytes } МБ; нічого такого великого тут не читають.
error-fetch-private = { $host } веде на приватну або зарезервовану адресу, а таких я ніколи не відкриваю.
error-fetch-slow = { $host } не відповів вчасно.
error-fetch-nowhere = Сайту з назвою { $host } немає, або його назву зараз не можна знайти.
error-fetch-certificate = { $host } не має чинного сертифіката.
error-fetch-unreachable = { $host } недоступний.
error-fetch-broken = { $host } обірвав або пошкодив відповідь.
error-fetch-no-site = { $host } відповідає не так, як вебсайт.
error-fetch-robots = { $host } забороняє роботам цю сторінку (robots.txt).
error-fetch-rules = { $host } зараз не віддає свій robots.txt, тож звідти нічого не береться.
error-fetch-circles = { $host } перенаправляє по колу.
error-fetch-address = «{ $address }» — не вебадреса: вона має починатися з http:// або https://
error-feed-none = це не стрічка: ні RSS, ні Atom, ні JSON Feed, ні мапа сайту, ні сторінка, що на неї вказує
error-feed-page = це вебсторінка, і вона не вказує жодної стрічки; пошукай на ній адресу RSS чи Atom
error-feed-page-now = тепер це вебсторінка; додай її стрічку знову
error-feed-lead = це вебсторінка, і те, що вона називає стрічкою, — не стрічка
error-feed-empty = відповідь порожня
error-feed-list = це список стрічок (OPML); дай його команді /{ name-feeds } { name-import }
error-feed-page-broken = це вебсторінка, яку неможливо прочитати
error-feed-json-broken = це JSON, але пошкоджений
error-feed-json-other = це JSON, але не JSON Feed
error-feed-packed = це стиснено (gzip) і пошкоджено
error-feed-large = розпаковане, воно більше за { $megabytes } МБ
error-feed-markup = розмітку надто пошкоджено, щоб її прочитати
error-feed-sitemap-broken = це карта сайту, XML якої неможливо прочитати
error-feed-address = Адреса стрічки починається з http:// або https://.
error-feed-most = Уже відстежується стрічок: { $number }. Спершу прибери якісь.
error-opml-large = Файл більший за { $megabytes } МБ.
error-opml-broken = Не можу прочитати цей файл: це не список стрічок (OPML), або його пошкоджено. Такі списки експортують читачі стрічок.
error-opml-empty = У цьому списку немає жодної стрічки.
error-fetch-kind = { $host } надіслав { $media }, а це не сторінка.
error-fetch-user = В адресі є ім’я користувача; прибери все до @ включно.
error-fetch-port = Адреса вказує на порт { $port } в { $host }; я беру лише з 80 і 443.

## Commands: descriptions up to 100 characters; names of options up to 32, small letters, no spaces
name-ask = запитати
name-quote = цитата
name-brief = огляд
name-settings = налаштування
name-follow = стежити
name-following = стеження
name-daily = щодня
name-help = довідка
name-about = про-бота
name-outlets = видання
name-privacy = приватність
name-feeds = стрічки
name-add = додати
name-list = список
name-remove = прибрати
name-check = перевірити
name-import = імпорт
name-export = експорт
command-ask = Запитай про новини й отримай дослівні цитати.
command-ask-question = Що ти хочеш дізнатися
command-ask-since = Лише статті від того часу: 2024-11-01, минулого тижня, 3 години тому
command-ask-until = Лише статті до того часу, той день включно
command-ask-outlet = Лише статті цього видання
command-ask-private = Відповідь бачиш лише ти
command-help = Що робить цей бот і як його запитувати.
option-question = запитання
option-since = від
option-until = до
option-outlet = видання
option-private = приватно
command-feeds = Стрічки видань, з яких надходять новини
command-feeds-add = Стежити за виданням: його стрічка або сайт, що на неї вказує
command-feeds-add-address = Адреса стрічки або сайту
command-feeds-list = За якими стрічками я стежу і що з ними
command-feeds-remove = Більше не стежити за стрічкою; те, що вона принесла сюди, зникає
command-feeds-remove-address = Адреса стрічки
command-feeds-check = Перевірити стрічку зараз і сказати, що з нею не так
command-feeds-check-address = Адреса стрічки; без неї — усі, які додано тут
command-feeds-import = Стежити за всіма стрічками зі списку OPML
command-feeds-import-file = Список, як його зберігають програми для читання стрічок
command-feeds-export = Стрічки, за якими я стежу, списком OPML
option-address = адреса
option-file = файл

## Buttons under a card: keep them short
more-quotes = Більше цитат ({ $number })
context = Контекст
timeline = Хронологія
newest-first = Спершу новіші
share = Поділитися
previous-page = Назад
next-page = Далі

## What the buttons show
page-more = Інші цитати
page-context = Речення довкола
page-timeline = Хронологія: спершу найдавніше
page-newest = Спершу найновіше
range = { $first }–{ $last } з { $number }
gone =
    { $number ->
        [one] Немає { $number } цитати: її статті вже немає в індексі, в ній більше немає цього речення або її немає серед твоїх новин.
        [few] Немає { $number } цитат: їхніх статей уже немає в індексі, в них більше немає цих речень або їх немає серед твоїх новин.
       *[many] Немає { $number } цитат: їхніх статей уже немає в індексі, в них більше немає цих речень або їх немає серед твоїх новин.
    }
all-gone = Цих статей уже немає в індексі або в них більше немає цих речень. Запитай ще раз, щоб побачити, що є тепер.
error-forgotten = Ця відповідь давніша, ніж я пам’ятаю. Запитай ще раз, щоб побачити, що є тепер.
error-gone = Статті з цієї картки вже немає в індексі, тому іншим я її не показую. Запитай ще раз, щоб побачити, що є тепер.
error-elsewhere = Ці цитати зі стрічок, яких немає серед твоїх новин: вони відповідають на іншому сервері або для когось іншого. Запитай мене сам чи сама, щоб побачити, що є для тебе.
error-may-not-share = Хтось із нас не має права тут писати, тож це лишається між нами.
error-crowded-server =
    { $seconds ->
        [one] На цьому сервері зараз багато запитань. Зачекай { $seconds } секунду.
        [few] На цьому сервері зараз багато запитань. Зачекай { $seconds } секунди.
       *[many] На цьому сервері зараз багато запитань. Зачекай { $seconds } секунд.
    }
shared-by = Цим ділиться { $person }

## Feedback: title and labels up to 45 characters
thanks-up = Дякую, занотовано.
thanks-down = Дякую. Занотовано разом із запитанням і твоєю причиною.
why-title = Що не так із цією відповіддю?
why-reason = Що не так?
why-words = Хочеш щось додати?
why-who = Той, хто тримає цього бота, прочитає це разом із запитанням. Твоє ім’я не зберігається.
why-off_topic = Цитати не відповідають на запитання
why-out_of_context = Цитату вирвано з контексту
why-wrong_speaker = Названо не ту людину або не те видання
why-wrong_side = Повідомлення і спростування переплутано
why-missing = Бракує джерела, яке я знаю
why-outdated = Вона застаріла
why-other = Щось інше

## Check the news: title and labels up to 45 characters
menu-check-the-news = Перевірити в новинах
check-title = Перевірити в новинах
check-question = Що мені шукати?
check-hint = Слова повідомлення, одне твердження на рядок. Скороти їх до того, у чому сумніваєшся.
check-hint-more = Перші твердження довшого повідомлення, по одному на рядок. Залиш ті, у яких сумніваєшся.
check-placeholder = Чи телефонував Трамп Путіну?
check-private = Відповідь бачу лише я
checked = Перевірено: { $place }
check-others = Не входить до цієї відповіді: { $claims }. Перевір це окремо.
check-hidden = Discord не показує мені слів цього повідомлення. Відкрий його меню, вибери «Програми», а тоді «{ menu-check-the-news }»: так я зможу його прочитати.
check-which = Яке твердження ти маєш на увазі? Напиши його, або відкрий меню повідомлення, вибери «Програми», а тоді «{ menu-check-the-news }».
link-alone = Я не відкриваю посилань. Напиши, що хочеш дізнатися про це, або яке твердження там є.

## /quote
command-quote = Встав слова, які хтось нібито сказав, і дізнайся, у якій статті вони є.
command-quote-words = Слова так, як їх передали
command-quote-outlet = Лише статті цього видання
command-quote-private = Відповідь бачиш лише ти
option-words = слова
quotation-exact = Ці слова дослівно є у статті.
quotation-nearly = У статті є майже ці слова; відмінності позначено.
quotation-nothing = Жодна проіндексована стаття не містить цих слів.
quotation-nothing-in = Жодна стаття видання { $names } не містить цих слів. Деінде я не шукав.
quotation-footer = Це не означає, що їх ніхто не казав: я знаю лише ті статті, які мені дали.
differs = «{ $given }» у статті звучить як «{ $article }»
added = «{ $given }» у статті немає
left-out = у статті тут є ще «{ $article }»
more-differences =
    { $number ->
        [one] і ще { $number } відмінність
        [few] і ще { $number } відмінності
       *[many] і ще { $number } відмінностей
    }
error-quotation-short =
    { $least ->
        [one] Дай мені щонайменше { $least } слово зі сказаного так, як його передали.
        [few] Дай мені щонайменше { $least } слова зі сказаного так, як їх передали.
       *[many] Дай мені щонайменше { $least } слів зі сказаного так, як їх передали.
    }
error-quotation-long = У цих словах символів: { $length }; я читаю щонайбільше { $most }. Дай мені лише одне речення.

## /brief
command-brief = Про що видання найбільше повідомляли за останню добу, по одному дослівному реченню.
command-brief-outlet = Лише теми цього видання
command-brief-private = Відповідь бачиш лише ти
brief-title = Про що повідомляють найбільше
brief-until = 24 години до { $day }
brief-nothing = За останні 24 години не проіндексовано жодної статті.
brief-outlets =
    { $number ->
        [one] { $number } видання: { $names }
        [few] { $number } видання: { $names }
       *[many] { $number } видань: { $names }
    }
brief-footer = Кожну тему розповідає одне дослівне речення зі статті. Копії одного тексту рахуються один раз.

## /outlets, /about, /privacy
command-outlets = Які видання проіндексовано й наскільки вони свіжі.
outlets-title = Що проіндексовано
command-about = Що це за бот і чим він не є.
about-how = Тут не пише жодна мовна модель. Я шукаю у статтях, які мені дали, і показую їхні речення; кожну цитату вирізано зі статті в тому вигляді, у якому її збережено, а посилання відкриває статтю саме там.
about-version = Verbatim { $version } · вільне програмне забезпечення за ліцензією MIT
command-privacy = Що про тебе зберігається і як це стерти.
command-privacy-erase = Стерти зараз усе, що про тебе зберігається
option-erase = стерти
privacy-title = Що я зберігаю
privacy-questions = Твої запитання: не зберігаються і не записуються в журнал. В особистих повідомленнях я десять хвилин пам’ятаю останнє, щоб наступне могло на нього спиратися.
privacy-answers = Про відповідь: які цитати вона показала, для її кнопок, без запитання й без тебе. Протягом місяця: номери повідомлень із запитанням і відповіддю, щоб відповідь зникла, коли запитання видалять.
privacy-feedback = Твої оцінки: без імені та id, із кодом, різним для кожної відповіді. З 👎 і причиною також запитання й те, що ти напишеш.
privacy-follows = За чим ти стежиш: запитання, твій id, канал і які цитати вже опубліковано.
privacy-daily = Твої щоденні огляди: твій id, канал, куди вони надходять, або те, що вони приватні, година, часовий пояс і мова.
privacy-feeds = Стрічки, за якими ти стежиш особисто: їхні адреси й твій id, доки ти за ними стежиш.
privacy-erase = `/{ name-privacy } { option-erase }` стирає все, що належить тобі.
privacy-erased = Стерто: усе, що я про тебе зберігав.
privacy-owner = Усе це на комп’ютері того, хто тримає цього бота. Для того, що ти пишеш у Discord, є його власні правила.

## More help
help-quote = `/{ name-quote } { option-words }`: встав слова, які хтось нібито сказав, і дізнайся, чи є вони в якійсь статті.
help-brief = `/{ name-brief }` показує, про що видання найбільше повідомляли за останню добу.
help-follow = `/{ name-follow } { option-question }` повідомить тобі або каналу, коли нова стаття дасть відповідь.
help-daily = `/{ name-daily } { option-hour } { option-zone }` щодня надсилає цей огляд тобі або в канал. `/{ name-following }` показує, що ти отримуєш, і завершує це.
help-outlets = `/{ name-outlets }` показує, що проіндексовано, а `/{ name-privacy }`, що про тебе зберігається і як це стерти.
help-settings = `/{ name-settings }` і `/{ name-feeds }` для тих, хто керує сервером: його видання, мова й канали та звідки беруться новини.
help-feeds = `/{ name-feeds } { name-add }` в особистому повідомленні стежить за виданням лише для тебе, до 20 видань.

## /settings
command-settings = Що діє на цьому сервері: видання, приватність, мова, канали, обмеження.
settings-title = Налаштування цього сервера
settings-outlets = Видання, з яких беруться відповіді
settings-outlets-all = Усі видання
settings-outlets-none = Жодного на цій сторінці
settings-private = Хто бачить відповідь на команду, якщо не вибрано інакше
settings-private-no = Усі
settings-private-yes = Лише той, хто запитує
settings-language = Мова того, що я кажу публічно
settings-language-auto = Мова сервера
settings-channels = Канали, де я можу писати сам про те, за чим стежать
settings-channels-all = Усі канали, де я можу писати
settings-follows = За скількома запитаннями можна стежити на цьому сервері
settings-daily = Скільки дописів на день може принести кожне з них
settings-footer = Кожен вибір діє одразу. Хто може користуватися якою командою: Налаштування сервера, Інтеграції.
error-not-manager = Для цього потрібен дозвіл «Керувати сервером».

## /follow, /following, /daily
command-follow = Дізнавайся тут або приватно, коли нова стаття дає відповідь на запитання.
command-follow-question = Про що ти хочеш дізнаватися
command-follow-private = Приватно, а не в цьому каналі
command-following = За чим ти стежиш: переглянути, змінити, завершити.
command-daily = Щоденний огляд: про що видання повідомляли найбільше, тут або приватно.
command-daily-hour = О котрій годині, від 0 до 23
command-daily-zone = У якому часовому поясі; введи назву великого міста англійською
command-daily-private = Приватно, а не в цьому каналі
option-hour = година
option-zone = пояс
followed-private = Відтепер я шукаю «{ $question }» у кожній новій статті й надсилаю тобі приватно те, що знайду. Завершити можна через `/{ name-following }`.
followed-channel = Відтепер я шукаю «{ $question }» у кожній новій статті й публікую в { $channel } те, що знайду. Завершити можна через `/{ name-following }`.
follow-not-here = У цьому каналі дозволити мені писати може лише той, хто має дозвіл «Керувати повідомленнями», тому я пишу тобі приватно.
daily-set = Готово. Перший огляд надійде { $when }; завершити можна через `/{ name-following }`.
follow-new = Нове про «{ $question }», { $names }: { $words }
daily-line = Огляд дня. { $outlet }: { $words }
correction-title = Виправлення
correction-line = { $outlet }: змінено статтю, яку я цитував.
correction-now = Тепер речення звучить так:
correction-gone = Речення, яке я цитував, у статті більше немає.
following-title = За чим стежать
following-none = Поки ні за чим. Почни з `/{ name-follow } { option-question }`.
following-in = у { $channel }
following-private = приватно
following-rests = призупинено, бо я не маю права там писати
following-daily = Огляд щодня о { $hour } ({ $zone })
following-edit = Змінити запитання
following-edit-title = Що мені шукати?
following-end = Завершити щось із цього
following-footer = Я публікую лише нові цитати й ніколи не частіше, ніж дозволяють налаштування сервера.
error-follow-small-talk = Це не запитання про новини, за яким я міг би стежити.
error-too-many-follows = Ти вже стежиш за стількома запитаннями, скільки можна ({ $most }). Спершу заверши якесь через /{ name-following }.
error-server-follows = Цей сервер уже стежить за стількома запитаннями, скільки дозволяють його налаштування ({ $most }).
error-follow-elsewhere = Налаштування цього сервера не дають мені самому писати в цьому каналі. Той, хто керує сервером, може змінити це через /{ name-settings }. Або вибери { option-private }, і я повідомлю тобі особисто.
error-follow-mute = Я не маю права писати в цьому каналі. Той, хто керує сервером, має дозволити мені тут «Перегляд каналу» та «Надсилання повідомлень». Або вибери { option-private }, і я повідомлю тобі особисто.
error-follow-gone = За цим більше не стежать або стежиш не ти.
error-zone-unknown = Я не знаю часового поясу «{ $zone }». Вибери зі списку, наприклад Europe/Kyiv.
