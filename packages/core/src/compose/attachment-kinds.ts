const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** File kinds that a double click runs, on one system or another; large receivers refuse mail that holds one (TRG-1). */
export const executableKinds: ReadonlySet<string> = words(
  'ade adp apk app appx appxbundle application bas bat cab chm cmd com command cpl crt csh desktop diagcab dll dmg elf ex ex_ exe ' +
    'gadget hlp hta inf ins inx ipa iso isp isu jar jnlp job js jse ksh lib lnk mde mjs msc msi msix msixbundle msp mst nsh ocx osx ' +
    'out pif pkg prg ps1 ps1xml ps2 psc1 psd1 psm1 rb reg run scf scr sct sh shb shs sys u3p url vb vbe vbs vbscript vhd vhdx vxd ' +
    'workflow ws wsc wsf wsh xll',
)

/** Media types by file name ending; what is not here goes as bytes. */
export const mediaTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    avif: 'image/avif',
    bmp: 'image/bmp',
    csv: 'text/csv',
    doc: 'application/msword',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    gif: 'image/gif',
    htm: 'text/html',
    html: 'text/html',
    ics: 'text/calendar',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    json: 'application/json',
    md: 'text/markdown',
    mp3: 'audio/mpeg',
    mp4: 'video/mp4',
    odt: 'application/vnd.oasis.opendocument.text',
    pdf: 'application/pdf',
    png: 'image/png',
    ppt: 'application/vnd.ms-powerpoint',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    rtf: 'application/rtf',
    svg: 'image/svg+xml',
    txt: 'text/plain',
    webp: 'image/webp',
    xls: 'application/vnd.ms-excel',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    xml: 'application/xml',
    zip: 'application/zip',
  }),
)
