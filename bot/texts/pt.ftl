# Português do Brasil, com “você”.

## The card
footer = Citações palavra por palavra. O Verbatim não decide quem tem razão.
read = Ler no contexto
read-whole = Ler por inteiro
open-article = Abrir a reportagem
headlines = Manchetes mais próximas, que não respondem à pergunta
no-articles = Ainda não há reportagens para pesquisar.
nothing = Não encontrei nenhuma reportagem que responda a isso.
none-of-time = Não tenho reportagens dessa época. A mais recente é de { $day }.
none-of-time-from = Não tenho reportagens dessa época de { $names }. A mais recente de lá é de { $day }.
none-as-narrowed = Não tenho reportagens que se encaixem nesses filtros.
in-part = em parte
no-date = sem data
no-outlet = veículo não informado
long-address = O endereço da reportagem é longo demais para ser mostrado.
corrected = corrigido em { $day }
updated = atualizado em { $day }
kind-live = ao vivo
kind-video = vídeo
kind-excerpt = trecho, o resto é para assinantes
weak-language = Meu modelo de linguagem conhece melhor o inglês: as respostas em { $languages } podem ser fracas.
no-news-comes-in = No momento não entram notícias. Respondo com o que eu já tinha.
heading-reported = Noticiado
heading-denied = Negado
heading-no_comment = Sem comentários
heading-background = Antecedentes
heading-neutral = O que dizem as reportagens
disagree = As fontes divergem.
changed-reported = Noticiado em { $day }; antes negado.
changed-denied = Negado em { $day }; antes noticiado.
reported-by = Noticiado por { $names }.
denied-by = Negado por { $names }.
reported-and-denied = Noticiado por { $reported }; negado por { $denied }.
found-in = Encontrado em { $names }.
more-names = mais { $number }
newest = a mais recente { $day }
newest-article = reportagem mais recente: { $day }
counted =
    { $number ->
        [one] { $number } reportagem
       *[other] { $number } reportagens
    }
counted-quoted =
    { $number ->
        [one] citações de { $quoted } de { $number } reportagem
       *[other] citações de { $quoted } de { $number } reportagens
    }
shown-of = { $shown } de { $found } citações à vista
searched = Pesquisado: { $what }
since = desde { $day }
until = até { $day }
unmatched = Nada correspondia a { $phrases }, por isso a busca foi feita em todas as reportagens.
unmatched-filters = Nada correspondia aos filtros, por isso a busca foi feita em todas as reportagens.
unmatched-partly = Nada correspondia a { $phrases }, por isso busquei sem isso.
time-unread = Não entendi { $phrases } como uma data, por isso busquei sem isso.
spelling-read = Li { $read }.
spelling-pair = “{ $typed }” como “{ $meant }”
first-of-several = Só busquei a primeira pergunta. Faça a outra em separado.
following-on = Continuação de: { $question }
citing = citando { $source }
also-in =
    { $number ->
        [one] também em { $number } veículo
       *[other] também em { $number } veículos
    }

## Small talk
small-talk-greeting = Olá! Pergunte algo sobre as notícias, por exemplo: Did Trump call Putin?
small-talk-thanks = De nada.
small-talk-identity = Eu sou o Verbatim, um bot que responde a perguntas sobre as notícias com citações palavra por palavra.
small-talk-help = { help }
small-talk-opinion = Não tenho opiniões. Pergunte o que foi noticiado ou dito, e eu mostro quem disse.
small-talk-future = Não consigo prever o futuro. Pergunte o que já foi noticiado ou dito sobre isso.

## Help
help = Pergunte sobre as notícias e eu mostro o que as reportagens dizem, palavra por palavra, com o veículo, quem disse, a data e um link para a frase. Não escrevo nada por conta própria e não decido quem tem razão.
help-ask = `/{ name-ask } { option-question }` funciona em qualquer lugar; acrescente `{ option-since }`, `{ option-until }` ou `{ option-outlet }` para restringir, e `{ option-private }` para que só você veja a resposta.
help-mention = Mencione-me em um canal com a sua pergunta, ou responda a uma das minhas mensagens: uma resposta pode se apoiar na pergunta dela.
help-direct = Mande uma mensagem direta. Uma pergunta pode se apoiar na anterior: “And what did Kyiv say?”
help-check = Em “Aplicativos”, no menu de qualquer mensagem, “{ menu-check-the-news }” procura a afirmação contida nela.
help-privacy = As perguntas não são registradas.
ask-something = O que você quer saber? Escreva a pergunta depois do meu nome ou use /{ name-ask }.

## What went wrong
wait-in-line = Muita gente está perguntando ao mesmo tempo. Você está na fila: sua resposta aparece aqui em instantes.
error-busy = Muita gente está perguntando ao mesmo tempo. Tente de novo em um minuto.
error-too-slow = A busca demorou demais e foi cancelada. Tente de novo ou restrinja com { option-since }, { option-until } ou { option-outlet }.
error-stopping = Estou sendo reiniciado. Tente de novo em um minuto.
error-index-broken = Não consigo ler meu arquivo. Quem me administra pode ver o motivo no registro.
error-index-busy = Não consigo acessar meu arquivo agora. Tente de novo em um minuto.
error-index-unfinished = Ainda estou indexando as reportagens: { $percent } % prontos. Pergunte de novo em alguns minutos.
error-store-away = Não consigo salvar nada agora: meu banco de dados está fora de alcance. Você pode continuar perguntando. Tente isto de novo em alguns minutos.
error-store-unconfirmed = Meu banco de dados não confirmou isso a tempo: pode ter sido salvo ou não. Confira em alguns minutos antes de tentar de novo.
error-too-often =
    { $seconds ->
        [one] Você está perguntando mais rápido do que eu consigo ler. Espere { $seconds } segundo.
       *[other] Você está perguntando mais rápido do que eu consigo ler. Espere { $seconds } segundos.
    }
error-too-many-clicks =
    { $seconds ->
        [one] Você está apertando botões muito rápido. Espere { $seconds } segundo.
       *[other] Você está apertando botões muito rápido. Espere { $seconds } segundos.
    }
error-unknown-outlet = Não tenho reportagens de “{ $outlet }”. Tenho de { $known }; a lista em { option-outlet } mostra todos.
error-no-outlets = Não tenho reportagens de “{ $outlet }”. { no-articles }
error-question-empty = A pergunta estava vazia. Pergunte em poucas palavras, por exemplo: Did Trump call Putin?
error-question-long = Sua pergunta tem { $length } caracteres; eu leio até { $most }. Faça-a em uma ou duas frases.
error-question-wordless = Não encontrei palavras nessa pergunta. Pergunte em poucas palavras, por exemplo: Did Trump call Putin?
error-since-unreadable = Não entendi a data em { option-since }: “{ $date }”. Escreva assim: 2024-11-10, 10 nov 2024, novembro 2024, ontem ou há 2 semanas.
error-until-unreadable = Não entendi a data em { option-until }: “{ $date }”. Escreva assim: 2024-11-10, 10 nov 2024, novembro 2024, ontem ou há 2 semanas.
error-date-ambiguous = “{ $date }” é um dia em Londres e outro em Nova York. Escreva assim: 2024-11-10.
error-dates-swapped = Não há nada entre { option-since } “{ $since }” e { option-until } “{ $until }”: inverta as datas.
error-command-changed = Este comando mudou. Reinicie o Discord ou tente de novo em um minuto.
went-wrong = Algo deu errado do nosso lado ({ $fault }). Tente de novo mais tarde.
connection-broke = Minha conexão com o Discord caiu antes de a resposta aparecer. Pergunte de novo.
may-not-write = Não posso escrever em #{ $channel }, então não consigo responder lá. Pergunte aqui ou use /{ name-ask }.
may-not-write-there = Não posso escrever nesse canal, então não consigo responder lá. Pergunte aqui ou use /{ name-ask }.

## Feeds
feeds-added = A partir de agora sigo { $name }. Em um minuto você pode perguntar sobre as reportagens.
feeds-known = Já sigo { $name }.
feeds-removed = Não sigo mais { $name }. O que ele trouxe fica.
feeds-removed-here = Não sigo mais { $name } aqui, e as reportagens dele não respondem mais aqui.
feeds-imported =
    { $number ->
        [one] { $number } feed é novo, { $known } eu já seguia. Ele será lido nos próximos minutos.
       *[other] { $number } feeds são novos, { $known } eu já seguia. Eles serão lidos nos próximos minutos.
    }
feeds-none = Ainda não sigo nenhum feed aqui. Adicione um com /{ name-feeds } { name-add }.
feeds-heading =
    { $number ->
        [one] Sigo { $number } feed.
       *[other] Sigo { $number } feeds.
    }
feeds-every =
    { $number ->
        [one] consultado a cada minuto
       *[other] consultado a cada { $number } minutos
    }
feeds-paused = em pausa, consultado uma vez por dia: { $reason }
feeds-failing = não foi lido da última vez: { $reason }
feeds-flooding = anuncia mais de { $number } reportagens por dia: fica mais lento, e as outras são deixadas de fora
feeds-whose = para { $names }
feeds-of-everybody = todos
feeds-of-server = o servidor { $name }
feeds-of-person = a pessoa { $number }
feeds-lift = Para todos: { $name }
feeds-checked = Encontrei o seguinte:
feeds-items =
    { $number ->
        [one] { $number } item
       *[other] { $number } itens
    }
feeds-more =
    { $number ->
        [one] e mais { $number } feed
       *[other] e mais { $number } feeds
    }
feeds-carried = Não consigo abrir a página mais nova; uso o texto que o próprio feed traz.
feeds-broken = Estes feeds continuam com defeito. Eu os coloco em pausa e consulto uma vez por dia; /{ name-feeds } { name-add } retoma um deles.
error-feeds-place = Para os feeds de um servidor você precisa da permissão “Gerenciar servidor” nele. Escreva para mim em particular para seguir feeds só para você.
error-feeds-unknown = Não sigo este feed: { $address }
error-feeds-others = { $name } responde em todo lugar; só quem mantém este bot pode removê-lo.
error-feeds-many = Aqui podem ser adicionados { $number } feeds, não mais. Remova um primeiro.
error-feeds-bad = Não consigo seguir “{ $address }”: { $reason }
error-feeds-file = A lista pode ter no máximo { $megabytes } MB.
error-feeds-owner = Só quem mantém este bot pode deixar um feed responder em todo lugar.
error-fetch-missing = { $host } não tem essa página.
error-fetch-denied = { $host } se recusa a nos dar esta página.
error-fetch-wait = { $host } nos pede para esperar antes de perguntar de novo.
error-fetch-failing = { $host } está com problemas agora.
error-fetch-odd = { $host } respondeu sem enviar uma página.
error-fetch-large = { $host } enviou mais de { $megabytes } MB; nada do que é lido aqui é tão grande.
error-fetch-private = { $host } leva a um endereço privado ou reservado, que nunca é consultado.
error-fetch-slow = { $host } não respondeu a tempo.
error-fetch-nowhere = Não há nenhum site chamado { $host }, ou o nome não pode ser consultado agora.
error-fetch-certificate = { $host } não tem um certificado válido.
error-fetch-unreachable = Não é possível chegar a { $host }.
error-fetch-broken = { $host } interrompeu ou enviou uma resposta danificada.
error-fetch-no-site = { $host } não responde como um site.
error-fetch-robots = { $host } proíbe esta página a robôs (robots.txt).
error-fetch-rules = { $host } não fornece seu robots.txt agora, então nada é consultado lá.
error-fetch-circles = { $host } redireciona em círculos.
error-fetch-address = “{ $address }” não é um endereço da web: ele começa com http:// ou https://
error-feed-none = não é um feed: nem RSS, nem Atom, nem JSON Feed, nem mapa do site, nem uma página que indique um
error-feed-page = é uma página da web e não indica nenhum feed; procure nela um endereço RSS ou Atom
error-feed-page-now = agora é uma página da web; adicione o feed dela de novo
error-feed-lead = é uma página da web, e o que ela indica como feed não é um
error-feed-empty = a resposta está vazia
error-feed-list = é uma lista de feeds (OPML); use-a com /{ name-feeds } { name-import }
error-feed-page-broken = é uma página da web que não pode ser lida
error-feed-json-broken = é JSON, mas está danificado
error-feed-json-other = é JSON, mas não um JSON Feed
error-feed-packed = está compactado (gzip) e danificado
error-feed-large = descompactado, passa de { $megabytes } MB
error-feed-markup = sua marcação está danificada demais para ser lida
error-feed-sitemap-broken = é um sitemap cujo XML não pode ser lido
error-feed-address = O endereço de um feed começa com http:// ou https://.
error-feed-most = Já são seguidos { $number } feeds. Remova alguns primeiro.
error-opml-large = O arquivo passa de { $megabytes } MB.
error-opml-broken = Não consigo ler este arquivo: não é uma lista de feeds (OPML), ou está danificado. Leitores de feeds exportam essas listas.
error-opml-empty = Não há nenhum feed nesta lista.
error-fetch-kind = { $host } enviou { $media }, que não é uma página.
error-fetch-user = O endereço contém um nome de usuário; retire tudo até o @.
error-fetch-port = O endereço usa a porta { $port } de { $host }; só uso 80 e 443.

## Commands: descriptions up to 100 characters; names of options up to 32, small letters, no spaces
name-ask = perguntar
name-quote = citação
name-brief = resumo
name-settings = configurações
name-follow = seguir
name-following = seguindo
name-daily = diário
name-help = ajuda
name-about = sobre
name-outlets = veículos
name-privacy = privacidade
name-feeds = feeds
name-add = adicionar
name-list = lista
name-remove = remover
name-check = verificar
name-import = importar
name-export = exportar
command-ask = Pergunte sobre as notícias e receba citações palavra por palavra.
command-ask-question = O que você quer saber
command-ask-since = Só reportagens a partir de então: 2024-11-01, semana passada, há 3 horas
command-ask-until = Só reportagens até então, incluindo esse dia
command-ask-outlet = Só reportagens deste veículo
command-ask-private = Só você vê a resposta
command-help = O que este bot faz e como perguntar a ele.
option-question = pergunta
option-since = desde
option-until = até
option-outlet = veículo
option-private = privado
command-feeds = Os feeds dos veículos de onde vêm as notícias
command-feeds-add = Seguir um veículo: seu feed ou o site que o indica
command-feeds-add-address = O endereço do feed ou do site
command-feeds-list = Quais feeds são seguidos e como eles estão
command-feeds-remove = Deixar de seguir um feed; o que ele trouxe aqui some com ele
command-feeds-remove-address = O endereço do feed
command-feeds-check = Consultar um feed agora e dizer o que há de errado
command-feeds-check-address = O endereço do feed; sem ele, todos os que foram adicionados aqui
command-feeds-import = Seguir todos os feeds de uma lista OPML
command-feeds-import-file = A lista, como os leitores de feeds a exportam
command-feeds-export = Os feeds seguidos, como lista OPML
option-address = endereço
option-file = arquivo

## Buttons under a card: keep them short
more-quotes = Mais citações ({ $number })
context = Contexto
timeline = Linha do tempo
newest-first = Mais recentes
share = Compartilhar
previous-page = Voltar
next-page = Avançar

## What the buttons show
page-more = Mais citações
page-context = As frases ao redor
page-timeline = Linha do tempo: a mais antiga primeiro
page-newest = A mais recente primeiro
range = { $first }–{ $last } de { $number }
gone =
    { $number ->
        [one] { $number } citação ficou de fora: a reportagem não está mais no índice, não contém mais a frase ou não está entre as suas notícias.
       *[other] { $number } citações ficaram de fora: as reportagens não estão mais no índice, não contêm mais as frases ou não estão entre as suas notícias.
    }
all-gone = As reportagens não estão mais no índice, ou não contêm mais estas frases. Pergunte de novo para ver o que há agora.
error-forgotten = Esta resposta é mais antiga do que eu me lembro. Pergunte de novo para ver o que há agora.
error-gone = Uma reportagem deste cartão não está mais no índice, então não o mostro a outras pessoas. Pergunte de novo para ver o que há agora.
error-elsewhere = Estas citações vêm de feeds que não estão entre as suas notícias: eles respondem em outro servidor ou para outra pessoa. Pergunte você mesmo para ver o que tenho para você.
error-may-not-share = Um de nós não pode escrever aqui, então fica entre nós.
error-crowded-server =
    { $seconds ->
        [one] Muita gente está perguntando neste servidor. Espere { $seconds } segundo.
       *[other] Muita gente está perguntando neste servidor. Espere { $seconds } segundos.
    }
shared-by = Compartilhado por { $person }

## Feedback: title and labels up to 45 characters
thanks-up = Obrigado, anotado.
thanks-down = Obrigado. Anotado, com a pergunta e o seu motivo.
why-title = O que há de errado com esta resposta?
why-reason = O que há de errado?
why-words = Quer acrescentar algo?
why-who = Quem mantém este bot lê isto junto com a pergunta. Seu nome não é guardado.
why-off_topic = As citações não respondem à pergunta
why-out_of_context = Uma citação está fora de contexto
why-wrong_speaker = A pessoa ou o veículo citado está errado
why-wrong_side = O noticiado e o negado estão trocados
why-missing = Falta uma fonte que eu conheço
why-outdated = Está desatualizada
why-other = Outra coisa

## Check the news: title and labels up to 45 characters
menu-check-the-news = Conferir nas notícias
check-title = Conferir nas notícias
check-question = O que devo procurar?
check-hint = As palavras da mensagem, uma afirmação por linha. Reduza-as àquilo de que você duvida.
check-hint-more = As primeiras afirmações de uma mensagem mais longa, uma por linha. Deixe aquelas de que duvida.
check-placeholder = Trump ligou para Putin?
check-private = Só eu vejo a resposta
checked = Conferido: { $place }
check-others = Não faz parte desta resposta: { $claims }. Confira em separado.
check-hidden = O Discord não me mostra as palavras dessa mensagem. Abra o menu dela, escolha “Aplicativos” e “{ menu-check-the-news }”: assim consigo ler.
check-which = De qual afirmação você fala? Escreva-a, ou abra o menu da mensagem, escolha “Aplicativos” e “{ menu-check-the-news }”.
link-alone = Eu não abro links. Escreva o que quer saber sobre isso, ou a afirmação que está lá.

## /quote
command-quote = Cole palavras que alguém teria dito e veja qual reportagem as contém.
command-quote-words = As palavras, como foram passadas adiante
command-quote-outlet = Só reportagens deste veículo
command-quote-private = Só você vê a resposta
option-words = palavras
quotation-exact = Uma reportagem contém exatamente estas palavras.
quotation-nearly = Uma reportagem contém quase estas palavras; as diferenças estão marcadas.
quotation-nothing = Nenhuma reportagem indexada contém estas palavras.
quotation-nothing-in = Nenhuma reportagem de { $names } contém estas palavras. Não procurei em outros lugares.
quotation-footer = Isso não quer dizer que ninguém as tenha dito: só conheço as reportagens que me deram.
differs = “{ $given }” é “{ $article }” na reportagem
added = “{ $given }” não está na reportagem
left-out = a reportagem tem aqui também “{ $article }”
more-differences =
    { $number ->
        [one] e mais { $number } diferença
       *[other] e mais { $number } diferenças
    }
error-quotation-short = Informe pelo menos { $least } palavras do que foi dito, como foram passadas adiante.
error-quotation-long = Estas palavras têm { $length } caracteres; eu leio até { $most }. Informe só a frase.

## /brief
command-brief = O que os veículos mais noticiaram nas últimas 24 horas, cada assunto em uma frase citada.
command-brief-outlet = Só assuntos deste veículo
command-brief-private = Só você vê a resposta
brief-title = O que mais foi noticiado
brief-until = As 24 horas até { $day }
brief-nothing = Nenhuma reportagem das últimas 24 horas está indexada.
brief-outlets = { $number } veículos: { $names }
brief-footer = Cada assunto é contado por uma frase de uma reportagem, palavra por palavra. Cópias de um mesmo texto contam uma vez.

## /outlets, /about, /privacy
command-outlets = Quais veículos estão indexados e quão recentes são.
outlets-title = O que está indexado
command-about = O que este bot é e o que não é.
about-how = Nenhum modelo de linguagem escreve aqui. Eu pesquiso nas reportagens que me deram e mostro frases delas; cada citação é recortada da reportagem como está guardada, e o link abre a reportagem nesse ponto.
about-version = Verbatim { $version } · software livre sob a licença MIT
command-privacy = O que está guardado sobre você e como apagar.
command-privacy-erase = Apagar agora tudo o que está guardado sobre você
option-erase = apagar
privacy-title = O que eu guardo
privacy-questions = Suas perguntas: não são guardadas nem registradas. Em mensagem direta, lembro da última por dez minutos, para que a seguinte possa se apoiar nela.
privacy-answers = De uma resposta: quais citações ela mostrou, para os botões, sem a pergunta e sem você. Por um mês: os números das mensagens de pergunta e resposta, para que a resposta suma quando a pergunta for apagada.
privacy-feedback = Seus votos 👍 e 👎: sem seu nome nem seu id, com um código diferente a cada resposta. Com um 👎 e o motivo, a pergunta e o que você escreveu.
privacy-follows = O que você segue: a pergunta, seu id, o canal e quais citações foram publicadas.
privacy-daily = Seus resumos diários: seu id, o canal em que chegam, ou que chegam em particular, a hora, o fuso horário e o idioma.
privacy-feeds = Os feeds que você segue em particular: os endereços e o seu id, enquanto você os seguir.
privacy-erase = `/{ name-privacy } { option-erase }` apaga tudo o que é seu.
privacy-erased = Apagado: tudo o que eu guardava sobre você.
privacy-owner = Tudo isso fica no computador de quem mantém este bot. O Discord tem regras próprias para o que você escreve lá.

## More help
help-quote = `/{ name-quote } { option-words }`: cole palavras que alguém teria dito e veja se alguma reportagem as contém.
help-brief = `/{ name-brief }` mostra o que os veículos mais noticiaram nas últimas 24 horas.
help-follow = `/{ name-follow } { option-question }` avisa você, ou um canal, quando uma nova reportagem responde.
help-daily = `/{ name-daily } { option-hour } { option-zone }` envia esse resumo todo dia, a você ou a um canal. `/{ name-following }` mostra o que você recebe e permite encerrar.
help-outlets = `/{ name-outlets }` mostra o que está indexado; `/{ name-privacy }`, o que está guardado sobre você e como apagar.
help-settings = `/{ name-settings }` e `/{ name-feeds }` são para quem gerencia um servidor: seus veículos, idioma e canais, e de onde vêm as notícias.
help-feeds = `/{ name-feeds } { name-add }` em uma mensagem direta segue um veículo só para você, até 20.

## /settings
command-settings = O que vale neste servidor: veículos, privacidade, idioma, canais, limites.
settings-title = Configurações deste servidor
settings-outlets = Veículos de onde vêm as respostas
settings-outlets-all = Todos os veículos
settings-outlets-none = Nenhum nesta página
settings-private = Quem vê a resposta a um comando, salvo outra escolha
settings-private-no = Todo mundo
settings-private-yes = Só quem pergunta
settings-language = Idioma do que digo em público
settings-language-auto = O do servidor
settings-channels = Canais onde posso publicar por conta própria, para o que é seguido
settings-channels-all = Todos os canais onde posso escrever
settings-follows = Quantas perguntas podem ser seguidas neste servidor
settings-daily = Quantas publicações por dia cada uma pode trazer
settings-footer = Cada escolha vale na hora. Quem pode usar qual comando: Configurações do servidor, Integrações.
error-not-manager = Para isso você precisa da permissão “Gerenciar servidor”.

## /follow, /following, /daily
command-follow = Receba um aviso, aqui ou em particular, quando uma nova reportagem responder a uma pergunta.
command-follow-question = Sobre o que você quer ser avisado
command-follow-private = Em particular, não neste canal
command-following = O que você segue: ver, mudar, encerrar.
command-daily = Um resumo por dia: o que os veículos mais noticiaram, aqui ou em particular.
command-daily-hour = A que hora, de 0 a 23
command-daily-zone = Em que fuso horário; digite o nome de uma cidade grande
command-daily-private = Em particular, não neste canal
option-hour = hora
option-zone = fuso
followed-private = A partir de agora procuro “{ $question }” em cada nova reportagem e mando a você em particular o que encontrar. Para encerrar, use `/{ name-following }`.
followed-channel = A partir de agora procuro “{ $question }” em cada nova reportagem e publico em { $channel } o que encontrar. Para encerrar, use `/{ name-following }`.
follow-not-here = Neste canal só quem tem a permissão “Gerenciar mensagens” pode me fazer publicar; por isso escrevo a você em particular.
daily-set = Pronto. O primeiro resumo chega { $when }; para encerrar, use `/{ name-following }`.
follow-new = Novidade sobre “{ $question }” em { $names }: { $words }
daily-line = O resumo do dia. { $outlet }: { $words }
correction-title = Correção
correction-line = { $outlet } alterou uma reportagem que eu citei.
correction-now = A frase agora diz:
correction-gone = A frase que citei não está mais na reportagem.
following-title = O que é seguido
following-none = Nada ainda. Comece com `/{ name-follow } { option-question }`.
following-in = em { $channel }
following-private = em particular
following-rests = em pausa, porque não posso escrever lá
following-daily = Resumo todo dia às { $hour } ({ $zone })
following-edit = Mudar uma pergunta
following-edit-title = O que devo procurar?
following-end = Encerrar um destes
following-footer = Só publico citações novas, e nunca com mais frequência do que as configurações do servidor permitem.
error-follow-small-talk = Essa não é uma pergunta sobre as notícias que eu possa seguir.
error-too-many-follows = Você já segue { $most } perguntas. Encerre uma com /{ name-following } primeiro.
error-server-follows = Este servidor já segue tantas perguntas quanto as configurações permitem ({ $most }).
error-follow-elsewhere = As configurações deste servidor não me deixam publicar por conta própria neste canal. Quem gerencia o servidor pode mudar isso com /{ name-settings }. Ou escolha { option-private }, e eu aviso você por mensagem direta.
error-follow-mute = Não posso escrever neste canal. Quem gerencia o servidor precisa me permitir aqui “Ver canal” e “Enviar mensagens”. Ou escolha { option-private }, e eu aviso você por mensagem direta.
error-follow-gone = Isso não é mais seguido, ou não por você.
error-zone-unknown = Não conheço o fuso horário “{ $zone }”. Escolha um da lista, como America/Sao_Paulo.
