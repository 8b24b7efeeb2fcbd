# Español, con «tú».

## The card
footer = Citas palabra por palabra. Verbatim no decide quién tiene razón.
read = Leer en su contexto
read-whole = Leer completo
open-article = Abrir el artículo
headlines = Titulares más cercanos, que no lo responden
no-articles = Todavía no hay artículos en los que buscar.
nothing = No encontré ningún artículo que responda a esto.
none-of-time = No tengo artículos de esas fechas. El más reciente es del { $day }.
none-of-time-from = No tengo artículos de esas fechas de { $names }. El más reciente de ahí es del { $day }.
none-as-narrowed = No tengo artículos que encajen con esos filtros.
in-part = en parte
no-date = sin fecha
no-outlet = medio sin nombre
long-address = La dirección del artículo es demasiado larga para mostrarla.
corrected = corregido el { $day }
updated = actualizado el { $day }
kind-live = en directo
kind-video = video
kind-excerpt = extracto, el resto es para suscriptores
weak-language = Mi modelo de lenguaje conoce mejor el inglés: las respuestas en { $languages } pueden ser flojas.
no-news-comes-in = Ahora mismo no entran noticias. Respondo con lo que tenía.
heading-reported = Informado
heading-denied = Desmentido
heading-no_comment = Sin comentarios
heading-background = Antecedentes
heading-neutral = Lo que dicen los artículos
disagree = Las fuentes no coinciden.
changed-reported = Publicado el { $day }; antes desmentido.
changed-denied = Desmentido el { $day }; antes publicado.
reported-by = Informado por { $names }.
denied-by = Desmentido por { $names }.
reported-and-denied = Informado por { $reported }; desmentido por { $denied }.
found-in = Encontrado en { $names }.
more-names = { $number } más
newest = el más reciente, { $day }
newest-article = artículo más reciente: { $day }
counted =
    { $number ->
        [one] { $number } artículo
       *[other] { $number } artículos
    }
counted-quoted =
    { $number ->
        [one] citas de { $quoted } de { $number } artículo
       *[other] citas de { $quoted } de { $number } artículos
    }
shown-of = { $shown } de { $found } citas a la vista
searched = Buscado: { $what }
since = desde el { $day }
until = hasta el { $day }
unmatched = Nada coincidía con { $phrases }, así que se buscó en todos los artículos.
unmatched-filters = Nada coincidía con los filtros, así que se buscó en todos los artículos.
unmatched-partly = Nada coincidía con { $phrases }, así que busqué sin eso.
time-unread = No entendí { $phrases } como una fecha, así que busqué sin eso.
spelling-read = Leí { $read }.
spelling-pair = «{ $typed }» como «{ $meant }»
first-of-several = Solo busqué la primera pregunta. Haz la otra por separado.
following-on = Continuación de: { $question }
citing = cita a { $source }
also-in =
    { $number ->
        [one] también en { $number } medio
       *[other] también en { $number } medios
    }

## Small talk
small-talk-greeting = ¡Hola! Pregúntame algo sobre las noticias, por ejemplo: Did Trump call Putin?
small-talk-thanks = De nada.
small-talk-identity = Soy Verbatim, un bot que responde preguntas sobre las noticias con citas palabra por palabra.
small-talk-help = { help }
small-talk-opinion = No tengo opiniones. Pregúntame qué se informó o se dijo y te muestro quién lo dijo.
small-talk-future = No puedo predecir el futuro. Pregúntame qué se ha informado o dicho sobre eso hasta ahora.

## Help
help = Pregúntame sobre las noticias y te muestro lo que dicen los artículos, palabra por palabra, con el medio, quién lo dice, la fecha y un enlace a la frase. No escribo nada propio ni decido quién tiene razón.
help-ask = `/{ name-ask } { option-question }` funciona en cualquier parte; añade `{ option-since }`, `{ option-until }` o `{ option-outlet }` para acotar, y `{ option-private }` para que solo tú veas la respuesta.
help-mention = Mencióname en un canal con tu pregunta, o responde a uno de mis mensajes: una respuesta puede apoyarse en su pregunta.
help-direct = Mándame un mensaje directo. Una pregunta puede apoyarse en la anterior: «And what did Kyiv say?»
help-check = En «Aplicaciones», en el menú de cualquier mensaje, «{ menu-check-the-news }» busca la afirmación que contiene.
help-privacy = Las preguntas no se registran.
ask-something = ¿Qué te gustaría saber? Escribe tu pregunta después de mi nombre, o usa /{ name-ask }.

## What went wrong
wait-in-line = Hay muchas personas preguntando a la vez. Estás en la cola: tu respuesta aparecerá aquí en un momento.
error-busy = Hay muchas personas preguntando a la vez. Inténtalo de nuevo en un minuto.
error-too-slow = La búsqueda tardó demasiado y se canceló. Inténtalo de nuevo o acótala con { option-since }, { option-until } o { option-outlet }.
error-stopping = Me estoy reiniciando. Inténtalo de nuevo en un minuto.
error-index-broken = No puedo leer mi archivo. Quien me administra puede ver la causa en el registro.
error-index-busy = Ahora mismo no puedo acceder a mi archivo. Inténtalo de nuevo en un minuto.
error-index-unfinished = Todavía estoy indexando mis artículos: llevo un { $percent } %. Vuelve a preguntarme en unos minutos.
error-store-away = Ahora mismo no puedo guardar nada: no llego a mi base de datos. Puedes seguir haciéndome preguntas. Vuelve a intentar esto en unos minutos.
error-store-unconfirmed = Mi base de datos no lo ha confirmado a tiempo: puede que se haya guardado o que no. Compruébalo en unos minutos antes de volver a intentarlo.
error-too-often =
    { $seconds ->
        [one] Preguntas más rápido de lo que puedo leer. Espera { $seconds } segundo.
       *[other] Preguntas más rápido de lo que puedo leer. Espera { $seconds } segundos.
    }
error-too-many-clicks =
    { $seconds ->
        [one] Pulsas los botones muy rápido. Espera { $seconds } segundo.
       *[other] Pulsas los botones muy rápido. Espera { $seconds } segundos.
    }
error-unknown-outlet = No tengo artículos de «{ $outlet }». Tengo de { $known }; la lista de { option-outlet } los muestra todos.
error-no-outlets = No tengo artículos de «{ $outlet }». { no-articles }
error-question-empty = La pregunta estaba vacía. Pregunta con unas pocas palabras, por ejemplo: Did Trump call Putin?
error-question-long = Tu pregunta tiene { $length } caracteres; leo hasta { $most }. Hazla en una o dos frases.
error-question-wordless = No encontré palabras en esa pregunta. Pregunta con unas pocas palabras, por ejemplo: Did Trump call Putin?
error-since-unreadable = No entiendo la fecha de { option-since }: «{ $date }». Escríbela así: 2024-11-10, 10 nov 2024, noviembre 2024, ayer o hace 2 semanas.
error-until-unreadable = No entiendo la fecha de { option-until }: «{ $date }». Escríbela así: 2024-11-10, 10 nov 2024, noviembre 2024, ayer o hace 2 semanas.
error-date-ambiguous = «{ $date }» es un día en Londres y otro en Nueva York. Escríbela así: 2024-11-10.
error-dates-swapped = No hay nada entre { option-since } «{ $since }» y { option-until } «{ $until }»: intercámbialas.
error-command-changed = Este comando ha cambiado. Reinicia Discord o inténtalo de nuevo en un minuto.
went-wrong = Algo salió mal por nuestra parte ({ $fault }). Inténtalo de nuevo más tarde.
connection-broke = Mi conexión con Discord se cortó antes de mostrar la respuesta. Vuelve a preguntar.
may-not-write = No puedo escribir en #{ $channel }, así que no puedo responder ahí. Pregúntame aquí o usa /{ name-ask }.
may-not-write-there = No puedo escribir en ese canal, así que no puedo responder ahí. Pregúntame aquí o usa /{ name-ask }.

## Feeds
feeds-added = Desde ahora sigo { $name }. En un minuto puedes preguntar por sus artículos.
feeds-known = Ya sigo { $name }.
feeds-removed = Ya no sigo { $name }. Lo que trajo se queda.
feeds-removed-here = Ya no sigo { $name } aquí, y sus artículos ya no responden aquí.
feeds-imported =
    { $number ->
        [one] { $number } feed es nuevo, { $known } ya los seguía. Se leerá en los próximos minutos.
       *[other] { $number } feeds son nuevos, { $known } ya los seguía. Se leerán en los próximos minutos.
    }
feeds-none = Aquí todavía no sigo ningún feed. Añade uno con /{ name-feeds } { name-add }.
feeds-heading =
    { $number ->
        [one] Sigo { $number } feed.
       *[other] Sigo { $number } feeds.
    }
feeds-every =
    { $number ->
        [one] se consulta cada minuto
       *[other] se consulta cada { $number } minutos
    }
feeds-paused = en pausa, se consulta una vez al día: { $reason }
feeds-failing = no se pudo leer la última vez: { $reason }
feeds-flooding = anuncia más de { $number } artículos al día: va más lento, los demás se omiten
feeds-whose = para { $names }
feeds-of-everybody = todos
feeds-of-server = el servidor { $name }
feeds-of-person = la persona { $number }
feeds-lift = Para todos: { $name }
feeds-checked = Esto es lo que encontré:
feeds-items =
    { $number ->
        [one] { $number } entrada
       *[other] { $number } entradas
    }
feeds-more =
    { $number ->
        [one] y { $number } feed más
       *[other] y { $number } feeds más
    }
feeds-carried = No se puede obtener la página más reciente; se toma el texto que trae el feed.
feeds-broken = Estos feeds siguen fallando. Los pongo en pausa y los consulto una vez al día; /{ name-feeds } { name-add } retoma uno.
error-feeds-place = Para los feeds de un servidor necesitas ahí el permiso «Gestionar servidor». Escríbeme en privado para seguir feeds solo para ti.
error-feeds-unknown = No sigo este feed: { $address }
error-feeds-others = { $name } responde en todas partes; solo quien administra este bot puede quitarlo.
error-feeds-many = Aquí se pueden añadir { $number } feeds, no más. Quita uno primero.
error-feeds-bad = No puedo seguir «{ $address }»: { $reason }
error-feeds-file = La lista puede tener como máximo { $megabytes } MB.
error-feeds-owner = Solo quien administra este bot puede dejar que un feed responda en todas partes.
error-fetch-missing = { $host } no tiene esa página.
error-fetch-denied = { $host } se niega a darnos esta página.
error-fetch-wait = { $host } nos pide esperar antes de volver a preguntar.
error-fetch-failing = { $host } tiene problemas en este momento.
error-fetch-odd = { $host } respondió sin enviar una página.
error-fetch-large = { $host } envió más de { $megabytes } MB; nada de lo que se lee aquí es tan grande.
error-fetch-private = { $host } lleva a una dirección privada o reservada, que nunca se consulta.
error-fetch-slow = { $host } no respondió a tiempo.
error-fetch-nowhere = No hay ningún sitio llamado { $host }, o su nombre no se puede buscar ahora.
error-fetch-certificate = { $host } no tiene un certificado válido.
error-fetch-unreachable = No se puede llegar a { $host }.
error-fetch-broken = { $host } se interrumpió o envió una respuesta dañada.
error-fetch-no-site = { $host } no responde como un sitio web.
error-fetch-robots = { $host } prohíbe esta página a los robots (robots.txt).
error-fetch-rules = { $host } no da ahora su robots.txt, así que allí no se consulta nada.
error-fetch-circles = { $host } redirige en bucle.
error-fetch-address = «{ $address }» no es una dirección web: tiene que empezar por http:// o https://
error-feed-none = no es un feed: ni RSS, ni Atom, ni JSON Feed, ni mapa del sitio, ni una página que indique uno
error-feed-page = es una página web y no indica ningún feed; busca en ella una dirección RSS o Atom
error-feed-page-now = ahora es una página web; vuelve a añadir su feed
error-feed-lead = es una página web, y lo que indica como su feed no lo es
error-feed-empty = la respuesta está vacía
error-feed-list = es una lista de feeds (OPML); dásela a /{ name-feeds } { name-import }
error-feed-page-broken = es una página web que no se puede leer
error-feed-json-broken = es JSON, pero está dañado
error-feed-json-other = es JSON, pero no un JSON Feed
error-feed-packed = está comprimido (gzip) y dañado
error-feed-large = descomprimido supera { $megabytes } MB
error-feed-markup = su marcado está demasiado dañado para leerlo
error-feed-sitemap-broken = es un mapa del sitio cuyo XML no se puede leer
error-feed-address = La dirección de un feed empieza por http:// o https://.
error-feed-most = Ya se siguen { $number } feeds. Quita antes alguno.
error-opml-large = El archivo supera { $megabytes } MB.
error-opml-broken = No puedo leer este archivo: no es una lista de feeds (OPML), o está dañado. Los lectores de feeds exportan esas listas.
error-opml-empty = No hay ningún feed en esta lista.
error-fetch-kind = { $host } envió { $media }, que no es una página.
error-fetch-user = La dirección contiene un nombre de usuario; quita todo hasta la @.
error-fetch-port = La dirección usa el puerto { $port } de { $host }; solo uso 80 y 443.

## Commands: descriptions up to 100 characters; names of options up to 32, small letters, no spaces
name-ask = preguntar
name-quote = cita
name-brief = resumen
name-settings = ajustes
name-follow = seguir
name-following = seguimientos
name-daily = diario
name-help = ayuda
name-about = acerca
name-outlets = medios
name-privacy = privacidad
name-feeds = feeds
name-add = añadir
name-list = lista
name-remove = quitar
name-check = comprobar
name-import = importar
name-export = exportar
command-ask = Pregunta sobre las noticias y recibe citas palabra por palabra.
command-ask-question = Lo que quieres saber
command-ask-since = Solo artículos desde entonces: 2024-11-01, la semana pasada, hace 3 horas
command-ask-until = Solo artículos hasta entonces, incluido ese día
command-ask-outlet = Solo artículos de este medio
command-ask-private = Solo tú ves la respuesta
command-help = Qué hace este bot y cómo preguntarle.
option-question = pregunta
option-since = desde
option-until = hasta
option-outlet = medio
option-private = privado
command-feeds = Los feeds de los medios de donde vienen las noticias
command-feeds-add = Seguir un medio: su feed, o el sitio que lo indica
command-feeds-add-address = La dirección del feed o del sitio
command-feeds-list = Qué feeds se siguen y cómo les va
command-feeds-remove = Dejar de seguir un feed; lo que trajo aquí desaparece con él
command-feeds-remove-address = La dirección del feed
command-feeds-check = Consultar un feed ahora y decir qué le pasa
command-feeds-check-address = La dirección del feed; sin ella, todos los añadidos aquí
command-feeds-import = Seguir todos los feeds de una lista OPML
command-feeds-import-file = La lista, tal como la exportan los lectores de feeds
command-feeds-export = Los feeds que se siguen, como lista OPML
option-address = dirección
option-file = archivo

## Buttons under a card: keep them short
more-quotes = Más citas ({ $number })
context = Contexto
timeline = Cronología
newest-first = Más recientes
share = Compartir
previous-page = Atrás
next-page = Siguiente

## What the buttons show
page-more = Más citas
page-context = Las frases de alrededor
page-timeline = Cronología: la más antigua primero
page-newest = La más reciente primero
range = { $first }–{ $last } de { $number }
gone =
    { $number ->
        [one] Se omite { $number } cita: su artículo ya no está en el índice, ya no contiene la frase o no está entre tus noticias.
       *[other] Se omiten { $number } citas: sus artículos ya no están en el índice, ya no contienen las frases o no están entre tus noticias.
    }
all-gone = Los artículos ya no están en el índice, o ya no contienen estas frases. Pregunta de nuevo para ver lo que hay ahora.
error-forgotten = Esta respuesta es más antigua de lo que recuerdo. Pregunta de nuevo para ver lo que hay ahora.
error-gone = Un artículo de esta tarjeta ya no está en el índice, así que no se la muestro a otros. Pregunta de nuevo para ver lo que hay ahora.
error-elsewhere = Estas citas vienen de feeds que no están entre tus noticias: responden en otro servidor o para otra persona. Pregúntame tú para ver lo que tengo para ti.
error-may-not-share = Uno de los dos no puede escribir aquí, así que queda entre nosotros.
error-crowded-server =
    { $seconds ->
        [one] Mucha gente está preguntando en este servidor. Espera { $seconds } segundo.
       *[other] Mucha gente está preguntando en este servidor. Espera { $seconds } segundos.
    }
shared-by = Compartido por { $person }

## Feedback: title and labels up to 45 characters
thanks-up = Gracias, anotado.
thanks-down = Gracias. Anotado, con la pregunta y tu motivo.
why-title = ¿Qué está mal en esta respuesta?
why-reason = ¿Qué está mal?
why-words = ¿Quieres añadir algo?
why-who = Quien administra este bot lee esto junto con la pregunta. Tu nombre no se guarda.
why-off_topic = Las citas no responden a la pregunta
why-out_of_context = Una cita está sacada de contexto
why-wrong_speaker = Se nombra a la persona o al medio equivocado
why-wrong_side = Se confunde lo informado con lo desmentido
why-missing = Falta una fuente que conozco
why-outdated = Está desactualizada
why-other = Otra cosa

## Check the news: title and labels up to 45 characters
menu-check-the-news = Comprobar en las noticias
check-title = Comprobar en las noticias
check-question = ¿Qué busco?
check-hint = Las palabras del mensaje, una afirmación por línea. Deja solo aquello de lo que dudas.
check-hint-more = Las primeras afirmaciones de un mensaje más largo, una por línea. Deja las que pones en duda.
check-placeholder = ¿Trump llamó a Putin?
check-private = Solo yo veo la respuesta
checked = Comprobado: { $place }
check-others = No forma parte de esta respuesta: { $claims }. Compruébalo por separado.
check-hidden = Discord no me muestra las palabras de ese mensaje. Abre su menú, elige «Aplicaciones» y «{ menu-check-the-news }»: así puedo leerlo.
check-which = ¿A qué afirmación te refieres? Escríbela, o abre el menú del mensaje, elige «Aplicaciones» y «{ menu-check-the-news }».
link-alone = No abro enlaces. Escribe qué quieres saber sobre eso, o la afirmación que contiene.

## /quote
command-quote = Pega palabras que se atribuyen a alguien y mira qué artículo las contiene.
command-quote-words = Las palabras, tal como te llegaron
command-quote-outlet = Solo artículos de este medio
command-quote-private = Solo tú ves la respuesta
option-words = palabras
quotation-exact = Un artículo contiene estas palabras, exactamente así.
quotation-nearly = Un artículo contiene casi estas palabras; las diferencias están marcadas.
quotation-nothing = Ningún artículo indexado contiene estas palabras.
quotation-nothing-in = Ningún artículo de { $names } contiene estas palabras. No busqué en otros medios.
quotation-footer = Eso no significa que nadie las haya dicho: solo conozco los artículos que me dieron.
differs = «{ $given }» es «{ $article }» en el artículo
added = «{ $given }» no está en el artículo
left-out = el artículo tiene aquí además «{ $article }»
more-differences =
    { $number ->
        [one] y { $number } diferencia más
       *[other] y { $number } diferencias más
    }
error-quotation-short = Dame al menos { $least } palabras de lo que se dijo, tal como te llegaron.
error-quotation-long = Estas palabras tienen { $length } caracteres; leo hasta { $most }. Dame solo la frase.

## /brief
command-brief = Lo más cubierto por los medios en las últimas 24 horas, cada tema con una frase textual.
command-brief-outlet = Solo temas de este medio
command-brief-private = Solo tú ves la respuesta
brief-title = Las noticias más cubiertas
brief-until = Las 24 horas hasta el { $day }
brief-nothing = No hay artículos indexados de las últimas 24 horas.
brief-outlets = { $number } medios: { $names }
brief-footer = Cada tema lo cuenta una frase de un artículo, palabra por palabra. Las copias de un mismo texto cuentan una vez.

## /outlets, /about, /privacy
command-outlets = Qué medios están indexados y de cuándo son sus artículos.
outlets-title = Lo que está indexado
command-about = Qué es este bot y qué no es.
about-how = Aquí no escribe ningún modelo de lenguaje. Busco en los artículos que me dieron y muestro frases suyas; cada cita está recortada del artículo tal como está guardado, y su enlace abre el artículo en ese punto.
about-version = Verbatim { $version } · software libre con licencia MIT
command-privacy = Qué se guarda sobre ti y cómo borrarlo.
command-privacy-erase = Borrar ahora todo lo que se guarda sobre ti
option-erase = borrar
privacy-title = Lo que guardo
privacy-questions = Tus preguntas: ni se guardan ni se registran. En privado recuerdo la última durante diez minutos para que la siguiente pueda apoyarse en ella.
privacy-answers = De una respuesta: qué citas mostró, para sus botones, sin la pregunta y sin ti. Durante un mes: los números de los mensajes que preguntan y responden, para que la respuesta desaparezca cuando se borra la pregunta.
privacy-feedback = Tus pulgares: sin tu nombre ni tu id, con un código distinto en cada respuesta. Con un 👎 y su motivo, la pregunta y lo que escribiste.
privacy-follows = Lo que sigues: la pregunta, tu id, el canal y qué citas se publicaron.
privacy-daily = Tus resúmenes diarios: tu id, el canal al que llegan, o que llegan en privado, la hora, la zona horaria y el idioma.
privacy-feeds = Los feeds que sigues en privado: sus direcciones y tu id, mientras los sigas.
privacy-erase = `/{ name-privacy } { option-erase }` borra todo lo que es tuyo.
privacy-erased = Borrado: todo lo que guardaba sobre ti.
privacy-owner = Todo esto está en el equipo de quien administra este bot. Discord tiene sus propias reglas para lo que escribes allí.

## More help
help-quote = `/{ name-quote } { option-words }`: pega palabras que se atribuyen a alguien y mira si algún artículo las contiene.
help-brief = `/{ name-brief }` muestra lo más cubierto por los medios en las últimas 24 horas.
help-follow = `/{ name-follow } { option-question }` te avisa a ti, o a un canal, cuando un artículo nuevo responde.
help-daily = `/{ name-daily } { option-hour } { option-zone }` te envía ese resumen cada día, a ti o a un canal. `/{ name-following }` muestra lo que recibes y permite dejarlo.
help-outlets = `/{ name-outlets }` muestra lo que está indexado; `/{ name-privacy }`, lo que se guarda sobre ti y cómo borrarlo.
help-settings = `/{ name-settings }` y `/{ name-feeds }` son para quien gestiona un servidor: sus medios, idioma y canales, y de dónde vienen las noticias.
help-feeds = `/{ name-feeds } { name-add }` en un mensaje directo sigue un medio solo para ti, hasta 20.

## /settings
command-settings = Lo que vale en este servidor: medios, privacidad, idioma, canales, límites.
settings-title = Ajustes de este servidor
settings-outlets = Medios de los que vienen las respuestas
settings-outlets-all = Todos los medios
settings-outlets-none = Ninguno en esta página
settings-private = Quién ve la respuesta a un comando, salvo que se elija otra cosa
settings-private-no = Todo el mundo
settings-private-yes = Solo quien pregunta
settings-language = Idioma de lo que digo en público
settings-language-auto = El del servidor
settings-channels = Canales donde puedo publicar por mi cuenta, para lo que se sigue
settings-channels-all = Todos los canales donde puedo escribir
settings-follows = Cuántas preguntas se pueden seguir en este servidor
settings-daily = Cuántas publicaciones al día puede traer cada una
settings-footer = Cada elección vale al momento. Quién puede usar cada comando: Ajustes del servidor, Integraciones.
error-not-manager = Para eso necesitas el permiso «Gestionar servidor».

## /follow, /following, /daily
command-follow = Recibe un aviso, aquí o en privado, cuando un artículo nuevo responda a una pregunta.
command-follow-question = De qué quieres recibir avisos
command-follow-private = En privado, no en este canal
command-following = Lo que sigues: verlo, cambiarlo, terminarlo.
command-daily = Un resumen cada día: lo más cubierto por los medios, aquí o en privado.
command-daily-hour = A qué hora, de 0 a 23
command-daily-zone = En qué zona horaria; escribe el nombre de una ciudad grande
command-daily-private = En privado, no en este canal
option-hour = hora
option-zone = zona
followed-private = Desde ahora busco «{ $question }» en cada artículo nuevo y te envío en privado lo que encuentre. Para dejarlo, usa `/{ name-following }`.
followed-channel = Desde ahora busco «{ $question }» en cada artículo nuevo y publico en { $channel } lo que encuentre. Para dejarlo, usa `/{ name-following }`.
follow-not-here = En este canal solo quien tiene el permiso «Gestionar mensajes» puede hacer que yo publique; por eso te escribo en privado.
daily-set = Listo. El primer resumen llega { $when }; para dejarlo, usa `/{ name-following }`.
follow-new = Novedades sobre «{ $question }» en { $names }: { $words }
daily-line = El resumen del día. { $outlet }: { $words }
correction-title = Corrección
correction-line = { $outlet } cambió un artículo que yo había citado.
correction-now = La frase dice ahora:
correction-gone = La frase que cité ya no está en el artículo.
following-title = Lo que se sigue
following-none = Nada todavía. Empieza con `/{ name-follow } { option-question }`.
following-in = en { $channel }
following-private = en privado
following-rests = en pausa, porque no puedo escribir ahí
following-daily = Resumen cada día a las { $hour } ({ $zone })
following-edit = Cambiar una pregunta
following-edit-title = ¿Qué debo buscar?
following-end = Terminar uno de estos
following-footer = Solo publico citas nuevas, y nunca más a menudo de lo que permiten los ajustes del servidor.
error-follow-small-talk = Esa no es una pregunta sobre las noticias que yo pueda seguir.
error-too-many-follows = Ya sigues { $most } preguntas. Termina antes una con /{ name-following }.
error-server-follows = Este servidor ya sigue tantas preguntas como permiten sus ajustes ({ $most }).
error-follow-elsewhere = Los ajustes de este servidor no me dejan publicar por mi cuenta en este canal. Quien gestiona el servidor puede cambiarlo con /{ name-settings }. O elige { option-private } y te aviso por mensaje directo.
error-follow-mute = No puedo escribir en este canal. Quien gestiona el servidor tiene que permitirme aquí «Ver canal» y «Enviar mensajes». O elige { option-private } y te aviso por mensaje directo.
error-follow-gone = Eso ya no se sigue, o no lo sigues tú.
error-zone-unknown = No conozco la zona horaria «{ $zone }». Elige una de la lista, como Europe/Madrid.
