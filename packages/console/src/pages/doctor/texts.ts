import { texts } from '../../language/texts.js'

export const doctorTexts = texts(
  {
    title: 'Doctor',
    intro:
      'What to mend before launch day. It looks at the whole installation: options, storage, transport, clocks, DNS and dedicated IPs.',
    again: 'Look again',
    errors: (count: string) => `Errors: ${count}`,
    warnings: (count: string) => `Warnings: ${count}`,
    error: 'Error',
    warning: 'Warning',
    todo: 'What to do',
    details: 'Details',
    fineTitle: 'Nothing to mend',
    fineNext: 'Every check passed. Look again after you change options, DNS or servers.',
    asked: 'Looked at',
  },
  {
    title: '诊断',
    intro: '上线前需要处理的问题。检查整个安装：选项、存储、传输、时钟、DNS 与独立 IP。',
    again: '重新检查',
    errors: (count: string) => `错误：${count}`,
    warnings: (count: string) => `警告：${count}`,
    error: '错误',
    warning: '警告',
    todo: '处理办法',
    details: '详情',
    fineTitle: '没有需要处理的问题',
    fineNext: '所有检查均已通过。更改选项、DNS 或服务器后请重新检查。',
    asked: '检查时间',
  },
)
