/** Search, archives, AI, previews of links in chats and networks, and the trade in links. */
export const crawlers = `
Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
Googlebot-{Image|Video|News}/1.0
Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{99.0.4844.84|125.0.6422.60|131.0.6778.69} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
AdsBot-Google (+http://www.google.com/adsbot.html)
Mozilla/5.0 (iPhone; CPU iPhone OS 14_7_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.1.2 Mobile/15E148 Safari/604.1 (compatible; AdsBot-Google-Mobile; +http://www.google.com/mobile/adsbot.html)
Mediapartners-Google
APIs-Google (+https://developers.google.com/webmasters/APIs-Google.html)
FeedFetcher-Google; (+http://www.google.com/feedfetcher.html)
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{41.0.2272.118|118.0.0.0} Safari/537.36 (compatible; Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943)
Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)
Mozilla/5.0 (compatible; Google-Site-Verification/1.0)
GoogleOther{|-Image/1.0|-Video/1.0}
Mozilla/5.0 (X11; Linux x86_64; Storebot-Google/1.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.88 Safari/537.36
Google-Safety
Google-CloudVertexBot
Mozilla/5.0 (compatible; {bingbot/2.0|adidxbot/2.0}; +http://www.bing.com/bingbot.htm)
Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b
Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/{100.0.4896.127|116.0.1938.76} Safari/537.36
msnbot{/2.0b|-media/1.1} (+http://search.msn.com/msnbot.htm)
Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)
Mozilla/5.0 (compatible; Yahoo Ad monitoring; https://help.yahoo.com/kb/yahoo-ad-monitoring-SLN24857.html)
DuckDuckBot/1.{0|1}; (+http://duckduckgo.com/duckduckbot.html)
Mozilla/5.0 (compatible; DuckDuckGo-Favicons-Bot/1.0; +http://duckduckgo.com)
DuckAssistBot/1.{0|2}; (+http://duckduckgo.com/duckassistbot.html)
Mozilla/5.0 (compatible; Baiduspider{|-render}/2.0; +http://www.baidu.com/search/spider.html)
Baiduspider-image+(+http://www.baidu.com/search/spider.htm)
Mozilla/5.0 (compatible; Yandex{Bot|Images|Metrika|Webmaster|Favicons|Accessibility Bot|MobileBot|Direct|Blogs|Calendar|Sitelinks|RenderResourcesBot}/3.0; +http://yandex.com/bots)
Sogou {web|inst|Pic|News|Video} spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)
Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{50.0.2661.102|69.0.3497.81} Safari/537.36; 360Spider
Mozilla/5.0 (compatible; HaosouSpider; http://www.haosou.com/help/help_3_2.html)
Mozilla/5.0 (compatible; YisouSpider/5.0; http://www.yisou.com/help/webmaster/spider_guide.html)
Mozilla/5.0 (compatible; Yeti/1.{0|1}; +http://naver.me/spd)
Mozilla/5.0 (compatible; Daum{|oa}/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966)
Mozilla/5.0 (compatible; SeznamBot/{3.2|4.0}; +http://napoveda.seznam.cz/en/seznambot-intro/)
Mozilla/5.0 (compatible; Qwant{ify|bot}/{1.0|2.4w}; +https://www.qwant.com/)
Mozilla/5.0 (compatible; MojeekBot/0.{6|11}; +https://www.mojeek.com/bot.html)
Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)
Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; {Bytespider|TikTokSpider}; spider-feedback@bytedance.com)
Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{13.1.1|17.4} Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)
Mozilla/5.0 (compatible; Exabot/3.0; +http://www.exabot.com/go/robot)
Mozilla/5.0 (compatible; coccocbot-{web|image|ads}/1.0; +http://help.coccoc.com/searchengine)
ia_archiver (+http://www.alexa.com/site/help/webmasters; crawler@alexa.com)
Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)
Mozilla/5.0 (compatible; heritrix/{1.14.4|3.3.0|3.4.0} +http://{bnf.fr|archive.org|netarkivet.dk})
CCBot/{1.0|2.0} ({+https|http}://commoncrawl.org/faq/)
Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; {GPTBot/1.2|OAI-SearchBot/1.0|ChatGPT-User/1.0|ClaudeBot/1.0|PerplexityBot/1.0|Amazonbot/0.1|Perplexity-User/1.0}; +https://site.example/bot)
{Claude-Web/1.0|anthropic-ai|cohere-ai|Claude-User|Google-Extended|Meta-ExternalFetcher/1.1|AI2Bot|YouBot|MistralAI-User/1.0}
Mozilla/5.0 (compatible; Diffbot/0.1; +http://www.diffbot.com)
{omgili/0.5 +http://omgili.com|omgilibot/0.4 +http://omgili.com|webzio-extended}
facebookexternalhit/1.{0|1} (+http://www.facebook.com/externalhit_uatext.php)
{facebookcatalog/1.0|meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)|FacebookBot/1.0}
Twitterbot/{0.1|1.0}
LinkedInBot/1.0 (compatible; Mozilla/5.0; {Jakarta Commons-HttpClient/3.1|Apache-HttpClient} +http://www.linkedin.com)
{Slackbot 1.0 (+https://api.slack.com/robots)|Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)|Slack-ImgProxy (+https://api.slack.com/robots)}
TelegramBot (like TwitterBot)
WhatsApp/2.{19.81|21.12|2336.7} {A|i|N|W}
Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)
Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com
Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)
Pinterest/0.2 (+http://www.pinterest.com/bot.html)
Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)
http.rb/{4.4.1|5.1.1} (Mastodon/{3.5.3|4.2.1}; +https://social.example/)
Mozilla/5.0 (compatible; {vkShare|OdklBot/1.0|Mail.RU_Bot/2.0|Mail.RU_Bot/Img/2.0}; +http://go.mail.ru/help/robots)
{Embedly/0.2|Iframely/1.3.1 (+https://iframely.com/docs/about)|Viber|SnapchatAds/1.0|Flipboard/1.2|FlipboardProxy/1.2; +http://flipboard.com/browserproxy|MicrosoftPreview/2.0 +https://aka.ms/MicrosoftPreview|BitlyBot/3.0 (+http://bit.ly/)|Bluesky Cardyb/1.1|Synapse (bot; +https://github.com/matrix-org/synapse)|Zoombot (Zoombot/1.0 https://zoom.us)}
Mozilla/5.0 (compatible; {AhrefsBot/7.0|AhrefsSiteAudit/6.1|SemrushBot/7~bl|SemrushBot-SI/0.97|SiteAuditBot/0.97|SplitSignalBot/1.0|MJ12bot/v1.4.8|DotBot/1.2|rogerbot/1.0|BLEXBot/1.0|SEOkicks|serpstatbot/2.1|DataForSeoBot/1.0|linkdexbot/2.2|spbot/5.0.3|Barkrowler/0.9|SeobilityBot/1.0|XoviBot/2.0|Cliqzbot/3.0|MegaIndex.ru/2.0|Linkpadbot/1.12|SEOlyticsCrawler/3.0|OnCrawl/1.0|Dataprovider.com|SurdotlyBot/1.0|DomainStatsBot/1.0|SiteExplorer/1.1b|BacklinkCrawler|Lipperhey-Kaus-Australis/5.0|WebMeUp-Crawler|ZoominfoBot|seoscanners.net/1.0|Nimbostratus-Bot/v1.3.2|SMTBot/1.0|TurnitinBot/3.0|trendictionbot0.5.0|AwarioBot/1.0|Seekport Crawler|SeekportBot|Neevabot/1.0|Wappalyzer/1.0 crawler|BuiltWith/1.4 crawler|ImagesiftBot|Timpibot/0.9|FriendlyCrawler/1.0|VelenPublicWebCrawler/1.0|YaK/1.0 crawler|SenutoBot/1.0|MTRobot/0.2|CheckMarkNetwork/1.0|Jorgee bot|startmebot/1.0|t3versionsBot/1.0|Adsbot/3.1|proximic|CriteoBot/0.1|GrapeshotCrawler/2.0|IAS Crawler|ADmantX-adform|TTD-Content|BrandVerity/1.0|peer39_crawler/1.0|BoardReader/1.0 robot|Buck/2.3.2 bot|Cincraw/1.0|MixnodeCache/1.8 crawler|Nutch-1.18|SafeDNSBot|SeopultContentAnalyzer/1.0|Uptimebot/1.0|WBSearchBot/1.1|woriobot|GigaBot/3.0|voltron crawler|AlphaBot/3.2|ExtLinksBot/1.5|JobboerseBot|Linguee Bot|MauiBot|Plukkie/1.6 bot|ScoutJet|Vagabondo/4.0|oBot/2.3.1|psbot/0.1|discobot/1.1|Ezooms/1.0 robot|istellabot/t.1|KomodiaBot/1.0|MetaJobBot|NetcraftSurveyAgent/1.0|NerdyBot|Pagepeeker crawler}; +http://site.example/bot)
{Lycos_Spider_(T-Rex)|Scooter/3.3|FAST-WebCrawler/3.8|Mozilla/2.0 (compatible; Ask Jeeves/Teoma)|Mozilla/4.0 compatible ZyBorg/1.0 (wn-14.zyborg@looksmart.net; http://www.WISEnutbot.com)|Accoona-AI-Agent/1.1.2|NaverBot/1.0|TinEye/1.1 (http://tineye.com/crawler.html)|Mozilla/5.0 (compatible; Charlotte/1.1; http://www.searchme.com/support/)|findlinks/2.6|Jyxobot/1|Wotbox/2.01 (+http://www.wotbox.com/bot/)|yacybot (/global; amd64 Linux 5.10; java 11; Europe/en) http://yacy.net/bot.html|ICC-Crawler/2.0|Speedy Spider (http://www.entireweb.com/about/search_tech/speedy_spider/)|Sosospider+(+http://help.soso.com/webspider.htm)|Mozilla/5.0 (compatible; YoudaoBot/1.0; http://www.youdao.com/help/webmaster/spider/)|Mozilla/5.0 (compatible; EtaoSpider/1.0; http://open.etao.com/dev/EtaoSpider)|Mozilla/5.0 (compatible; JikeSpider; +http://shoulu.jike.com/spider.html)|iaskspider/2.0|Mozilla/5.0 (compatible; EasouSpider; +http://www.easou.com/search/spider.html)|NetSeer crawler/2.0|Mozilla/5.0 (compatible; Genieo/1.0 http://www.genieo.com/webfilter.html)|Mozilla/5.0 (compatible; Riddler (http://riddler.io/about))|BUbiNG (+http://law.di.unimi.it/BUbiNG.html)|Domain Re-Animator Bot (http://domainreanimator.com)|Mozilla/5.0 (X11; Datanyze; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0 Safari/537.36|ltx71 - (http://ltx71.com/)|Lightspeedsystems-crawler|PaperLiBot/2.1|Mozilla/5.0 (compatible; Butterfly/1.0; +http://labs.topsy.com/butterfly/)|TweetmemeBot/4.0|UnwindFetchor/1.0 (+http://www.gnip.com/)|Twingly Recon|JS-Kit URL Resolver, http://js-kit.com/|LongURL API|Crowsnest/0.5|MetaURI API/2.0 +metauri.com|ShowyouBot (http://showyou.com/crawler)|Owlin bot. http://owlin.com/}
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) {Google Web Preview|Google Page Speed Insights|Google Favicon|Google-Adwords-Instant|Google-Structured-Data-Testing-Tool|Google-AMPHTML|DuplexWeb-Google/1.0|Google PP Default} Chrome/{41.0.2272.118|90.0.4430.97} Safari/537.36
{TwengaBot-2.0 (http://www.twenga.com/bot.html)|Mozilla/5.0 (compatible; GrapeFX/0.3 crawler)|Mozilla/5.0 (compatible; Kraken/0.1; http://linkfluence.net/; bot@linkfluence.net)|ContextAd Bot 1.0|AdIdxBot|Sprinklr crawler|CrystalSemanticsBot|SentiBot www.sentibot.eu|SimpleCrawler/0.1|Moreover/5.1 (+http://www.moreover.com)|Mozilla/5.0 (compatible; NewShareCounts.com/1.0)|Mozilla/5.0 (compatible; TrendsmapResolver/0.1)|Mozilla/5.0 (compatible; evc-batch/2.0)|Mozilla/5.0 (compatible; PrintfulBot/1.0)|sentry/8.22.0 (https://sentry.io)|Mozilla/5.0 (compatible; theoldreader.com)|magpie-crawler/1.1 (U; Linux amd64; en-GB; +http://www.brandwatch.net)|Meltwater NewsCrawler|Talkwalker crawler|ev-crawler/1.0|Mozilla/5.0 (compatible; um-LN/1.0; mailto: techinfo@ubermetrics-technologies.com)|Mozilla/5.0 (compatible; Bigsearch.ca/Nutch-1.9)|Pulsepoint XT3 web scraper|Mozilla/5.0 (compatible; Scoop.it)|Mozilla/5.0 (compatible; Cookiebot/1.0; +http://cookiebot.com/)|Mozilla/5.0 (compatible; OneTrust crawler)|Mozilla/5.0 (compatible; Siteimprove.com)|HubSpot Crawler web crawler (+https://www.hubspot.com)|HubSpot Connect 2.0 (http://dev.hubspot.com/)|Mozilla/5.0 (compatible; SalesIntelligent)|ActiveCampaign link checker|Mailchimp.com link check|Klaviyo-Fetch/1.0|Litmus-Checker/2.0|EmailOnAcid fetch|Mozilla/5.0 (compatible; heritrix/3.1.1-SNAPSHOT +http://www.webarchiv.cz)|Arquivo-web-crawler (compatible; heritrix/3.4.0; +http://arquivo.pt/faq-crawling)|Mozilla/5.0 (compatible; SpecialArchiver/3.3.0 +http://archive.org/details/archive.org_bot)|WebArchive crawler|Mozilla/5.0 (compatible; Wayback Machine Live Record; +http://archive.org/details/archive.org_bot)}
Screaming Frog SEO Spider/{9.4|16.7|19.2}
Mozilla/5.0 (compatible; Sitebulb/{2.0|6.3}; +https://sitebulb.com)
netEstate NE Crawler (+http://www.website-datenbank.de/)
SISTRIX Crawler (http://crawler.sistrix.net/)
{Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers)|Feedbin feed-id:1 - 4 subscribers|Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers; )|NewsBlur Feed Fetcher - 5 subscribers - http://www.newsblur.com/site/1|Tiny Tiny RSS/21.04 (http://tt-rss.org/)|FreshRSS/1.20.1 (Linux; https://freshrss.org)|Superfeedr bot/2.0 http://superfeedr.com|FeedBurner/1.0 (http://www.FeedBurner.com)|Bloglovin/1.0 (http://www.bloglovin.com; 2 subscribers)|Mozilla/5.0 (compatible; Miniflux/2.0.36; +https://miniflux.app)|theoldreader.com|Feedspot/1.0 (+https://www.feedspot.com/fs/fetcher; like FeedFetcher-Google)|NetNewsWire (RSS Reader; https://netnewswire.com/)}
`

/** What reads mail before its reader does: filters at the gateway, on the machine and in the browser, and their sandboxes. */
export const scanners = `
Mozilla/5.0 (compatible; {BarracudaCentral|Barracuda Sentinel (EE)|Mimecast|Mimecast-URLProtect/1.0|Proofpoint|ProofpointURLDefense/1.0|MessageLabs|Symantec Email Security|Symantec.cloud|TrendMicro|Trend Micro WTP|Cisco IronPort|Cisco Email Security|FireEye|Trellix|McAfee Web Gateway|McAfee SiteAdvisor|Sophos|SophosLabs|Zscaler|Forcepoint|Websense|Fortinet|FortiGuard|FortiMail|FortiSandbox|Kaspersky|KasperskyLab|ESET|BitDefender|Bitdefender TrafficLight|Avast|Avira|F-Secure|CheckPoint|Check Point Harmony|Vade Secure|VadeSecure|Cloudmark|MailGuard|Cyren|Perception Point|urlscan.io|VirusTotal|virustotalcloud|PhishTank|Hornetsecurity|SpamTitan|Avanan|Abnormal Security|Area1|GreatHorn|IronScales|Agari|Tessian|Darktrace|Trustwave|MailMarshal|Webroot|BrightCloud|Palo Alto Networks|WildFire|Menlo Security|Netskope|SonicWall|WatchGuard|Spamhaus|SURBL|Google-SafeBrowsing|Microsoft Defender|SafeLinks|Office365 ATP|Egress Defend|MailChannels|Retarus|Cofense|N-able Mail Assure|SpamExperts|Comodo|Dr.Web|AhnLab|Quick Heal|OPSWAT|MetaDefender|Joe Sandbox|Any.Run|Hybrid-Analysis|Norton Safe Web|SiteLock|Sucuri|Quttera})
{BarracudaCentral|Barracuda Sentinel (EE)|Mimecast|Mimecast-URLProtect/1.0|Proofpoint|ProofpointURLDefense/1.0|MessageLabs|Symantec Email Security|Symantec.cloud|TrendMicro|Trend Micro WTP|Cisco IronPort|Cisco Email Security|FireEye|Trellix|McAfee Web Gateway|McAfee SiteAdvisor|Sophos|SophosLabs|Zscaler|Forcepoint|Websense|Fortinet|FortiGuard|FortiMail|FortiSandbox|Kaspersky|KasperskyLab|ESET|BitDefender|Bitdefender TrafficLight|Avast|Avira|F-Secure|CheckPoint|Check Point Harmony|Vade Secure|VadeSecure|Cloudmark|MailGuard|Cyren|Perception Point|urlscan.io|VirusTotal|virustotalcloud|PhishTank|Hornetsecurity|SpamTitan|Avanan|Abnormal Security|Area1|GreatHorn|IronScales|Agari|Tessian|Darktrace|Trustwave|MailMarshal|Webroot|BrightCloud|Palo Alto Networks|WildFire|Menlo Security|Netskope|SonicWall|WatchGuard|Spamhaus|SURBL|Google-SafeBrowsing|Microsoft Defender|SafeLinks|Office365 ATP|Egress Defend|MailChannels|Retarus|Cofense|N-able Mail Assure|SpamExperts|Comodo|Dr.Web|AhnLab|Quick Heal|OPSWAT|MetaDefender|Joe Sandbox|Any.Run|Hybrid-Analysis|Norton Safe Web|SiteLock|Sucuri|Quttera}/2.1
SpamAssassin/{3.4.6|4.0.0}
rspamd-{2.7|3.8.1}
ClamAV/{0.103.8|1.2.1}
Amavis/2.12
PhishMe/1.0
mail-scanner/2.1
EmailSecurity-URL-Analysis/1.0
`

/** What watches servers and tries locks. */
export const monitors = `
Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)
Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)
Mozilla/5.0 (compatible; {PingdomPageSpeed/1.0|PingdomTMS/0.8.5|StatusCake|Site24x7|DatadogSynthetics|NewRelicSynthetics/1.0|Catchpoint|HetrixTools Uptime Monitoring Bot|Better Uptime Bot|Uptime-Kuma/1.23|Freshping/1.0|AlertSite|Dotcom-Monitor|Montastic-Monitor|OhDear.app Monitor|Checkly/1.0|NodePing|Monitis|WebsitePulse|SiteUptime|Uptrends|ServiceUptime.robot|AppBeat/1.0|Cula monitor|HostTracker|Monibot/1.0|Binary Canary|InternetVista monitor|Wormly|Rigor|SpeedCurve|Wmonitor})
{PingdomPageSpeed/1.0|PingdomTMS/0.8.5|StatusCake|Site24x7|DatadogSynthetics|NewRelicSynthetics/1.0|Catchpoint|HetrixTools Uptime Monitoring Bot|Better Uptime Bot|Uptime-Kuma/1.23|Freshping/1.0|AlertSite|Dotcom-Monitor|Montastic-Monitor|OhDear.app Monitor|Checkly/1.0|NodePing|Monitis|WebsitePulse|SiteUptime|Uptrends|ServiceUptime.robot|AppBeat/1.0|Cula monitor|HostTracker|Monibot/1.0|Binary Canary|InternetVista monitor|Wormly|Rigor|SpeedCurve|Wmonitor}
NewRelicPinger/1.0 (114)
updown.io daemon {2.6|2.11}
check_http/v{2.0.3|2.3.3} (nagios-plugins {2.0.3|2.3.3})
{Zabbix|Zabbix 5.0|PRTG Network Monitor (www.paessler.com)|jetmon/1.0 (Jetpack Site Uptime Monitor by WordPress.com)|Blackbox Exporter/0.24.0|Prometheus/2.45.0|Cloudflare-Healthchecks/1.0 (+https://www.cloudflare.com/; healthcheck-id: 1)|ELB-HealthChecker/2.0|Amazon-Route53-Health-Check-Service (ref 1; report http://amzn.to/1vsZADi)|GoogleHC/1.0|GoogleStackdriverMonitoring-UptimeChecks(https://cloud.google.com/monitoring)|kube-probe/1.27|Consul Health Check|Envoy/HC|Monit/5.33.0|Panopta v1.1|Cabot|GTmetrix|Icinga/2.13|Sensu|haproxy healthcheck|Azure Traffic Manager Endpoint Monitor|AlwaysOn|ReadyMaster monitor}
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{98.0.4758.102|119.0.0.0} Safari/537.36 {Chrome-Lighthouse|GTmetrix|PTST/230518|DareBoost|Speedcurve|RuxitSynthetic/1.0 v3}
{W3C_Validator/1.3|W3C-checklink/4.81 libwww-perl/6.52|W3C_CSS_Validator_JFouffa/2.0|Validator.nu/LV|W3C_Unicorn/1.0|W3C-mobileOK/DDC-1.0|FeedValidator/1.3|Xenu Link Sleuth/1.3.8|LinkChecker/10.1 (+https://linkchecker.github.io/linkchecker/)|link-checker/0.2|Dead Link Checker|SSL Labs (https://www.ssllabs.com/about/assessment.html)|CloudFlare-AlwaysOnline/1.0|securityheaders bot}
{Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)|Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:Port Check)|sqlmap/1.6.12#stable (https://sqlmap.org)|masscan/1.3 (https://github.com/robertdavidgraham/masscan)|Mozilla/5.0 zgrab/0.x|Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)|WPScan v3.8.22 (https://wpscan.com/wordpress-security-scanner)|Mozilla/5.0 (compatible; Nessus)|OpenVAS-VT 22.4|Acunetix-Product|Nuclei - Open-source project (github.com/projectdiscovery/nuclei)|gobuster/3.5|DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)|Expanse, a Palo Alto Networks company, searches across the global IPv4 space|Mozilla/5.0 (compatible; InternetMeasurement/1.0; +https://internet-measurement.com/)|Mozilla/5.0 (compatible; NetSystemsResearch studies the availability of various services)|l9explore/1.2.2|LeakIX crawler|Mozilla/5.0 (compatible; Shodan)|Mozilla/5.0 (compatible; Qualys WAS)|BurpSuite Scanner|Wfuzz/3.1.0|Arachni/v1.5.1|ZmEu|Detectify scanner|ffuf/1.5.0|WhatWeb/0.5.5|Fuzz Faster U Fool v2.0}
`

/** What programs fetch with, and browsers that nobody sits at. */
export const programs = `
curl/{7.15.5 (x86_64-redhat-linux-gnu) libcurl/7.15.5 OpenSSL/0.9.8b|7.29.0|7.58.0|7.81.0|8.5.0}
Wget/{1.12 (linux-gnu)|1.20.3 (linux-gnu)|1.21.4|2.1.0}
python-requests/{1.2.3|2.6.0 CPython/2.7.5|2.9.1|2.18.4|2.25.1|2.22.0|2.28.1|2.31.0}
Python-urllib/{2.7|3.8|3.11}
Python/{3.8 aiohttp/3.7.4|3.6 aiohttp/3.6.2|3.9 aiohttp/3.8.1|3.10 aiohttp/3.8.4|3.12 aiohttp/3.9.1}
python-{httpx/0.24.1|httpx/0.27.0|urllib3/1.26.15}
urllib3/{1.26.18|2.0.7}
Go-http-client/{1.1|2.0}
Go 1.1 package http
Java/{1.4.1_04|1.6.0_26|1.7.0_80|1.8.0_181|11.0.19|17.0.8}
Java-http-client/{11.0.2|17.0.9}
Apache-HttpClient/{4.5.2 (Java/1.8.0_161)|4.5.13 (Java/11.0.20)|5.2.1 (Java/17)|UNAVAILABLE (java 1.4)}
Apache-HttpAsyncClient/{4.1.4|5.1}
Jakarta Commons-HttpClient/3.{0|1}
okhttp/{2.5.0|3.8.1|3.12.1|4.0.0|4.9.3|4.12.0|5.0.0-alpha.11}
libwww-perl/{5.837|6.05|6.67}
LWP::Simple/{5.835|6.15}
PHP/{5.3|7.4.3|8.2}
PHP-Curl-Class/{4.13|9.5}
GuzzleHttp/{6.3.3 curl/7.58.0 PHP/7.2|6.5.5|7}
Symfony HttpClient (Curl)
Symfony BrowserKit
Zend_Http_Client
Laminas_Http_Client
HTTP_Request2/2.{1.1|5.1} (http://pear.php.net/package/http_request2) PHP/7.4
Ruby
{Faraday v0.15.4|Faraday v2.7.4|Typhoeus - https://github.com/typhoeus/typhoeus|rest-client/2.1.0 (linux x86_64) ruby/3.0.2p107|http.rb/5.1.1|HTTPClient/1.0 (2.8.3, ruby 2.7.0)|EventMachine HttpClient|Mechanize/2.8.5 Ruby/3.1.2p20 (http://github.com/sparklemotion/mechanize/)|HTTParty}
HTTPie/{0.9.8|2.6.0|3.2.2}
axios/{0.19.2|0.27.2|1.6.0}
node-fetch/1.0 (+https://github.com/bitinn/node-fetch)
{node-fetch|undici|node|Deno/1.38.0|Bun/1.0.14|got (https://github.com/sindresorhus/got)|got/9.6.0 (https://github.com/sindresorhus/got)|node-superagent/3.8.3|needle/2.9.1 (Node.js v16.20; linux x64)|ky|request.js|simple-get|phin|cross-fetch|unfurl.js}
{reqwest/0.11.18|reqwest|hyper/0.14|ureq/2.9.1|isahc/1.7.2|attohttpc/0.26|surf/2.3.2}
PostmanRuntime/{7.26.8|7.28.4|7.36.0}
{insomnia/2023.5.8|Paw/3.3.1 (Macintosh; OS X/10.15.7) GCDHTTPRequest|RestSharp/106.15.0.0|RestSharp/110.2.0.0|Dart/2.19 (dart:io)|Dart/3.2 (dart:io)|Thunder Client (https://www.thunderclient.com)|bruno-runtime/1.5.1|SoapUI/5.7}
{WinHttp-Autoproxy-Service/5.1|Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)|Microsoft URL Control - 6.00.8862|Microsoft-CryptoAPI/10.0|Microsoft BITS/7.8|Microsoft-WebDAV-MiniRedir/10.0.19043|Microsoft Office Existence Discovery|Microsoft Office Protocol Discovery|Microsoft Data Access Internet Publishing Provider Protocol Discovery}
Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.{14393.5127|19041.3031|22621.2506}
Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.{2.6|4.0}
Scrapy/{1.8.0|2.5.1|2.11.0} (+https://scrapy.org)
{colly - https://github.com/gocolly/colly|colly - https://github.com/gocolly/colly/v2|gospider|GoScraper|Grabber|WebCopier v4.6|HTTrack 3.49|Mozilla/4.5 (compatible; HTTrack 3.0x; Windows 98)|Offline Explorer/2.5|Teleport Pro/1.29|WebZIP/3.5|SiteSnagger|WebReaper v9.8|EmailSiphon|EmailCollector|ExtractorPro|CherryPicker/1.0|WebStripper/2.20|larbin_2.6.3 larbin2.6.3@unspecified.mail|Nutch/1.16|StormCrawler/2.8|crawler4j (https://github.com/yasserg/crawler4j/)|newspaper/0.2.8|trafilatura/1.6.0|Goose/1.0|Readability/0.1|Instapaper/1.0 fetcher|PocketParser/2.0 (+https://getpocket.com/pocketparser_ua)}
{aria2/1.36.0|axel 2.4|lftp/4.9.2|fetch libfetch/2.0|libcurl-agent/1.0|pycurl/7.43.0 libcurl/7.47|httpunit/1.7|lua-resty-http/0.16.1 (Lua) ngx_lua/10021|luasocket 3.0-rc1|Tornado/6.1|treq|Twisted PageGetter|unirest-java/3.1.00|Jersey/2.35 (HttpUrlConnection 1.8.0_302)|AHC/2.1|AHC/1.0|NING/1.0|ReactorNetty/1.0.24|Vert.x-WebClient/4.4.4|akka-http/10.2.7|spray-can/1.3.3|http4s-ember/0.23.18|ktor-client|Ktor client|hackney/1.18.1|mint/1.5.1|finch|req/0.4.5|Erlang httpc|Wolfram HTTPClient 13.2|MATLAB R2020b|libcurl/7.68.0 r-curl/4.3 httr/1.4.2|Embarcadero URI Client/1.0|Mozilla/3.0 (compatible; Indy Library)|Synapse/40.1|CPython/3.9 tornado|Boost.Beast/266|cpp-httplib/0.11.2|cpprestsdk/2.10.18|Poco HTTPClient|libsoup/2.74.2|Swift-HTTPClient|Alamofire/5.6.4|HTTP::Tiny/0.076|WWW-Mechanize/2.06|Mojolicious (Perl)|Furl::HTTP/3.14|Net::HTTP|HTTP-Tiny/0.070|w3af.org|TYPO3|WordPress/6.3.1; https://blog.example|Drupal (+http://drupal.org/)|Jigsaw/2.2.5|Amazon CloudFront|Varnish/fetch|Snoopy v1.2.4|BinGet/1.00.A|PECL::HTTP/1.6.0|PEAR HTTP_Request class ( http://pear.php.net/ )|Magpie RSS/0.72|SimplePie/1.5.6 (Feed Parser; http://simplepie.org)|UniversalFeedParser/5.2.1 +https://code.google.com/p/feedparser/|Zapier|IFTTT|n8n|Make/production|Google-Apps-Script; beanserver|AppEngine-Google; (+http://code.google.com/appengine; appid: s~x)|Google-HTTP-Java-Client/1.42.3 (gzip)|google-api-nodejs-client|aws-sdk-js/2.1, HttpClient|Amazon Simple Notification Service Agent|Elastic-Heartbeat/8.6.0|k6/0.46.0 (https://k6.io/)|ApacheBench/2.3|hey/0.0.1|Apache-JMeter|siege/4.1.1|wrk/4.2|vegeta 12.8|Locust|Gatling/3.9|Artillery (https://artillery.io)|JoeDog/1.00 [en] (X11; I; Siege 4.0.4)}
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/{64.0.3282.186|73.0.3683.75|79.0.3945.0|85.0.4183.83|90.0.4430.212|97.0.4692.71|103.0.5060.114|110.0.5481.177|119.0.6045.105} Safari/537.36
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/{88.0.4298.0|119.0.0.0} Safari/537.36
Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessEdg/{110.0|119.0} Safari/537.36
Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/{534.34|538.1} (KHTML, like Gecko) PhantomJS/{1.9.8|2.1.1} Safari/538.1
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36 {Puppeteer|Playwright/1.40|Selenium/4.15|Prerender (+https://github.com/prerender/prerender)|Rendertron|Cypress/12.17.4|Splash|Nightmare|webdriver}
Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/{16.4.0|20.0.3|22.1.0}
Mozilla/5.0 (X11; Linux x86_64; rv:24.0) Gecko/20100101 SlimerJS/0.{9.6|10.3}
Mozilla/5.0 HtmlUnit/2.{36|70}
`
