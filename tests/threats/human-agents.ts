/** What people sit at: browsers, mail programs, and apps that open links inside themselves. Some bear names that read like robots'. */
export const people = `
Mozilla/5.0 (Windows NT {6.1|10.0}; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{79.0.3945.130|109.0.0.0|120.0.0.0|131.0.0.0} Safari/537.36
Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{96.0.4664.110|120.0.0.0} Safari/537.36
Mozilla/5.0 (X11; {Linux|CrOS|Ubuntu; Linux} x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{88.0.4324.96|120.0.0.0} Safari/537.36
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 {Edg/120.0.2210.61|OPR/106.0.0.0|Vivaldi/6.5.3206.39|YaBrowser/23.11.0|Whale/3.24.223.18|Brave/120|QQBrowser/12.0}
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/{17.17134|18.19582}
Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{78.0|102.0|115.0|121.0}) Gecko/20100101 Firefox/{78.0|102.0|115.0|121.0}
Mozilla/5.0 (X11; {Linux x86_64|Fedora; Linux x86_64|FreeBSD amd64}; rv:121.0) Gecko/20100101 Firefox/121.0
Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{13.1.2|15.6.1|17.1} Safari/605.1.15
Mozilla/5.0 (iPhone; CPU iPhone OS {12_5_7|15_8|17_1} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{12.1.2|15.6|17.1} Mobile/15E148 Safari/604.1
Mozilla/5.0 (iPad; CPU OS {14_8|16_6} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1
Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) {CriOS/120.0.6099.50|FxiOS/120.0|EdgiOS/120.0.2210.61|GSA/292.0.571|OPT/4.3.1|DuckDuckGo/7|Ddg/17.1} Mobile/15E148 Safari/604.1
Mozilla/5.0 (Linux; Android {8.1.0|10|13|14; Pixel 8|12; SM-G991B|11; Redmi Note 8|9; CUBOT X19|10; CUBOT_NOTE_20|7.0; CUBOT_MANITO|11; CUBOT KINGKONG 5 Pro Build/RP1A}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{87.0.4280.141|120.0.0.0} Mobile Safari/537.36
Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/{12.0|23.0} Chrome/115.0.0.0 Mobile Safari/537.36
Mozilla/5.0 (Linux; Android 12; SM-A525F Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{110.0.5481.154|120.0.6099.43} Mobile Safari/537.36{| GSA/14.48.26| [FB_IAB/FB4A;FBAV/440.0.0.31.105;]| Instagram 309.0.0.40.113 Android| MicroMessenger/8.0.44 NetType/WIFI Language/zh_CN| Line/13.20.0/IAB| [Pinterest/Android]| TwitterAndroid| Snapchat/12.62| Flipboard/4.3| Viber/21.4| DuckDuckGo/5}
Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148{| [FBAN/FBIOS;FBAV/441.0.0.42.107;]| Instagram 309.0.3.24| Safari Line/13.20.0| MicroMessenger/8.0.44(0x18002c2c) NetType/WIFI| [Pinterest/iOS]| Twitter for iPhone/10.21| Snapchat/12.62.0| [LinkedInApp]/9.29| TelegramApp/10.3| WhatsApp/23.24| BaiduBoxApp/13.46| YahooMobileMail/7.12}
Mozilla/5.0 (Android 13; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0
Mozilla/5.0 (Linux; U; Android 10; en-US; RMX1911) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.4.0.1306 Mobile Safari/537.36
Opera/9.80 (Android; Opera Mini/{36.2.2254|72.0.2254}/191.310; U; en) Presto/2.12.423 Version/12.16
Mozilla/5.0 (Windows NT 6.{1|3}; {WOW64; Trident/7.0; rv:11.0) like Gecko|Trident/7.0; rv:11.0) like Gecko}
Mozilla/{4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)|4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)|5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)|5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)}
Mozilla/5.0 (compatible; Konqueror/4.{5; FreeBSD|14; Linux}) KHTML/4.5.4 (like Gecko)
Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15{| Epiphany/605.1.15}
Mozilla/5.0 (Windows NT 10.0; rv:68.0) Gecko/20100101 Firefox/68.0 {SeaMonkey/2.53.17|PaleMoon/31.4.2|Waterfox/56.6}
{Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/1.1.1|w3m/0.5.3+git20210102|Links (2.28; Linux 5.10 x86_64; GNU C 11; text)|ELinks/0.13 (textmode; Linux; 80x25-2)}
Mozilla/5.0 (PlayStation {4 10.01|5 3.20}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15
Mozilla/5.0 (SMART-TV; Linux; Tizen 5.5) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/2.2 Chrome/69.0.3497.106 TV Safari/537.36
Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{78.0|91.0|102.0|115.0}) Gecko/20100101 Thunderbird/{78.14.0|91.13.1|102.15.1|115.5.1}
Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.5.0
Mozilla/4.0 (compatible; ms-office; MSOffice {15|16|rmj})
Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook {14.0.7166|15.0.5275|16.0.5266|16.0.17029}; ms-office; MSOffice 16)
Microsoft Office/{14.0 (Windows NT 6.1; Microsoft Outlook 14.0.7166; Pro)|15.0 (Windows NT 6.2; Microsoft Outlook 15.0.4420; Pro)|16.0 (Microsoft Outlook 16.0.12026; Pro)|16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12026; Pro)}
Outlook-{iOS/723.4027091.prod.iphone (4.28.0)|Android/2.0}
Mozilla/5.0 (Macintosh; Intel Mac OS X {10_13_6|10_15_7|11_6}) AppleWebKit/{603.3.8|605.1.15} (KHTML, like Gecko){| Postbox/7.0.59| Airmail/5.5| MailMate/5673| Spark/3.12.1| Mail/3445.104.21}
MacOutlook/16.{29.19091900|78.23100802} (Intelx64 Mac OS X 10.15.7 (Build 19H15))
Mozilla/5.0 (Windows; U; Windows NT 6.1; en-US; rv:1.9.2.28) Gecko/20120306 {Lightning/1.0b2 Thunderbird/3.1.20|Postbox/2.5.1|Lotus-Notes/6.0}
Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) eM{ |}Client/{8.2.1473|9.2.2157} Chrome/105.0 Safari/537.36
Mozilla/4.0 (compatible; Lotus-Notes/{6.0; Windows-NT|5.0; Macintosh PPC})
{The Bat! 9.3|Foxmail 7.2.25.157[cn]|Barca/2.8.2 (http://www.pocosystems.com/)|Claws Mail 3.17.8 (GTK+ 2.24.33; x86_64-pc-linux-gnu)|Evolution/3.40.4|Sylpheed/3.7.0|Mozilla/5.0 (Mailbird/2.9.98.0)|BlackBerry9700/5.0.0.862 Profile/MIDP-2.1 Configuration/CLDC-1.1 VendorID/331}
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) {Mailspring/1.12.0|Slack/4.35.126|Teams/1.6.00.33567|Wavebox/10.120|Zimbra Desktop/4.31|WhatsApp/2.2347.52|Discord/1.0.9026|Rambox/2.3} Chrome/118.0.5993.159 Electron/27.1.3 Safari/537.36
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 {Avast/120.0.23442.109|AVG/120.0|CCleaner/120.0.23505|Norton/120.0|Avira/1.0}
`

/** Pictures that a mail host fetches in its own name, mostly when its reader opens the mail: outside the bar either way. */
export const imageProxies = `
Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)
Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0 (via ggpht.com GoogleImageProxy)
YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html
Mozilla/5.0
`
