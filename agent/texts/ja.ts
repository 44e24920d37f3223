import type { LanguageTexts } from './language-texts.ts';

// Labels of macOS, each with a page that prints it:
// - 「システム設定」, 「ユーザとグループ」: support.apple.com/ja-jp/guide/mac-help/mchl3e281fc9/mac
// - 「ネットワークアカウントサーバ」, 「編集」, 「修復」:
//   learn.microsoft.com/ja-jp/entra/identity/devices/troubleshoot-macos-platform-single-sign-on-extension
// - ネットワーク・アカウント・サーバ, of macOS Server:
//   support.apple.com/ja-jp/guide/server/apdcb06a828/5.9/mac/10.15
// - Microsoft's 「ポータル サイト」:
//   learn.microsoft.com/ja-jp/intune/intune-service/user-help/intune-company-portal-preferences-macos
// No page prints the Japanese words of Register, Authenticate, Registered and Registration Required: these
// stay in English, with their meaning in brackets.

const works = '操作は必要ありません。';
const users = '「システム設定」>「ユーザとグループ」>「ネットワークアカウントサーバ」';
const authenticate = '「Authenticate」（「認証」の意味）';
const register = '「Register」（「登録」の意味）';
const deregister = '「Deregister」（「登録解除」の意味）';
const online = 'Macをインターネットに接続します。';
const closedWindow =
  'サインインのウインドウが閉じられ、macOSから再度求められない場合は、作業内容を保存し、Macからログアウトして、もう一度ログインします。';
const askForHelp = 'それでも解決しない場合は、ITサポートに連絡してください。';
const orAuthenticate = `macOS 14以降では、${users}の「編集」をクリックし、${authenticate}を選択することもできます。表示されない場合は「修復」を選択します。`;
const withPassword =
  '画面をロックし（Control＋Command＋Q）、Touch IDを使わずにパスワードを入力してロックを解除します。';
const ifAsked = 'macOSからサインインを求められた場合は、手順に従います。';
const connectAndUnlock =
  'インターネットに接続して画面をロックし、パスワードを入力してロックを解除してください。macOSからサインインを求められた場合は、手順に従ってください。';
const clickNotification =
  'macOSの通知「Registration Required」（「登録が必要」の意味）をクリックし、最後まで手順に従います。';
const hiddenNotification =
  '通知が見つからない場合は、メニューバーの日付と時刻をクリックします。通知がそこに残っているか、集中モードで非表示になっている可能性があります。';

const lastGood = (good: string | null) =>
  good === null ? '' : `仕事用サインインが最後に確認された日時は${good}です。`;
/** Japanese counts without a plural and without a space. */
const characters = (count: number) => `${new Intl.NumberFormat('ja').format(count)}文字`;

export const ja: LanguageTexts = {
  language: 'ja',
  fullStop: '。',
  issues: {
    'password-change-prompt-pending': ({ changedHere = false }) => ({
      title: '現在の仕事用パスワードを入力してください',
      body: changedHere
        ? 'このMacのパスワードが変更されました。画面をロックし、現在の仕事用パスワードで解除してください（以後、Macでもこのパスワードを使います）。'
        : '仕事用パスワードがほかの場所で変更されたか、確認できませんでした。画面をロックし、現在の仕事用パスワードで解除してください（以後Macでもこれを使います）。',
      steps: [
        online,
        '画面をロックし（Control＋Command＋Q）、現在の仕事用パスワードを入力してロックを解除します。',
        'または、サインインを求めるmacOSの通知をクリックし、現在の仕事用パスワードを入力します。',
        `macOS 14以降では、${users}>「編集」>${authenticate}でも行えます。`,
        changedHere
          ? '仕事用アプリへのサインインに使うパスワードを入力してください。以後、Macでも同じパスワードが使われます。'
          : '仕事用パスワードが変更されている場合は、新しいパスワード（仕事用アプリへのサインインに使うもの）を入力してください。',
        'Macで受け付けられない場合は、何度も試さずに、ITサポートに連絡してください。',
      ],
      solved: works,
    }),
    'password-change-window-overdue': {
      title: 'このMacで仕事用パスワードを確認してください',
      body: 'Macがしばらく仕事用パスワードを確認できていません。確認できるように、画面をロックし、現在の仕事用パスワードでロックを解除してください。',
      steps: [
        online,
        '画面をロックし（Control＋Command＋Q）、Touch IDを使わずに現在の仕事用パスワードを入力してロックを解除します。',
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'registration-needs-repair': {
      title: '仕事用サインインの修復が必要です',
      body: `${users}で「編集」、「修復」の順にクリックしてください。その後、初回と同様に仕事用アカウントでサインインしてください。`,
      steps: [
        online,
        `${users}を開き、「編集」、「修復」の順にクリックします。`,
        '設定したときと同じように、仕事用アカウントでサインインします。',
        askForHelp,
      ],
      solved: works,
    },
    'deregister-reregister-macos13': ({ provider, app }) =>
      provider === 'entra'
        ? {
            title: '仕事用サインインの再設定が必要です',
            body: `アプリ${app}の環境設定を開き、「Deregister」を選択してください。その後、そのアプリにもう一度サインインし、手順に従ってください。`,
            steps: [
              online,
              `アプリ${app}（Company Portal）の環境設定を開きます。`,
              `${deregister}を選択します（以前のバージョンでは「Unregister」または「Sign out」）。確認のメッセージは表示されません。`,
              `アプリ${app}にもう一度サインインし、手順に従います。`,
              askForHelp,
            ],
            solved: works,
          }
        : {
            title: '仕事用サインインの再設定が必要です',
            body: 'このMacで仕事用サインインの再設定が必要なことを、ITサポートに伝えてください。その後、macOSから求められたらサインインしてください。',
            steps: [
              online,
              'このMacで仕事用サインインの再設定が必要なことを、ITサポートに伝えてください。',
              'macOSから仕事用アカウントでのサインインを求められたら、最後まで手順に従います。',
            ],
            solved: works,
          },
    'wpj-key-not-removed-after-migration': ({ provider, app }) => ({
      title: '古い仕事用サインインがMacに残っている可能性があります',
      body: 'そのため、サインインを余分に求められることがあります。ITサポートに伝えてください（ご自身で削除する必要はありません）。',
      steps: [
        '古い仕事用サインインがMacに残っている可能性があることを、ITサポートに伝えてください。',
        'ITサポートから求められない限り、「キーチェーンアクセス」では何も削除しないでください。',
        provider === 'entra'
          ? `最初からやり直すように言われた場合は、アプリ${app}の環境設定を開き、${deregister}を選択してから、もう一度サインインします。`
          : '最初からやり直すように言われた場合は、その手順に従います。',
      ],
      solved: `古い仕事用サインインは削除されました。${works}`,
    }),
    'passcode-policy-complexity-mismatch': ({ minimumLength }) => {
      const length = minimumLength === undefined ? null : characters(minimumLength);
      return {
        title: '仕事用パスワードがMacの規則を満たしていない可能性があります',
        body:
          length === null
            ? 'このMacには独自のパスワード規則があります。仕事用パスワードが規則を満たさない場合は、満たすものに変更し、画面をロックして解除してください。'
            : `このMacでは${length}以上のパスワードが必要です。仕事用パスワードが規則を満たさない場合は、満たすものに変更し、画面をロックして解除してください。`,
        steps: [
          length === null
            ? '仕事用パスワードがこのMacのパスワード規則を満たしているか確認します。'
            : `仕事用パスワードが${length}以上あるか確認します。このMacで必要な長さです（ほかの規則がある場合もあります）。`,
          '仕事用パスワードが規則を満たしている場合は、変更する必要はありません。',
          '満たしていない場合は、いつも仕事用パスワードを変更する場所で、規則を満たすものに変更します。',
          '画面をロックし（Control＋Command＋Q）、新しい仕事用パスワードでロックを解除します。',
          '規則がわからない場合は、ITサポートに連絡してください。',
        ],
        solved: `このMacのパスワード規則による問題は解消しました。${works}`,
      };
    },
    'registration-long-running-macos14': {
      title: '仕事用サインインの設定がまだ完了していません',
      body: `約10分後にmacOSから再度求められたら、手順に従ってください。または、${users}を開き、「Register」を選択してください。`,
      steps: [
        online,
        '約10分待ちます。macOSから再度求められたら、最後まで手順に従います。',
        `または、${users}を開き、${register}を選択するか、「編集」>「修復」を選択します。`,
        closedWindow,
        askForHelp,
      ],
      solved: works,
    },
    'registration-long-running-macos13': {
      title: '仕事用サインインの設定がまだ完了していません',
      body: '数分かかることがあります（macOSから再試行を求められたら、手順に従ってください）。何も表示されない場合は、Macからログアウトし、もう一度ログインしてください。',
      steps: [
        online,
        '数分待ち、macOSから求められたら再試行します。',
        '何も表示されない場合は、作業内容を保存し、Macからログアウトして、もう一度ログインします。',
        askForHelp,
      ],
      solved: works,
    },
    'psso-not-registered': ({ deviceRegistered = false }) => ({
      title: 'このMacで仕事用サインインを設定してください',
      body: 'macOSの通知「Registration Required」をクリックし、手順に従ってください。その後は、仕事用アプリに自動的にサインインできます。',
      steps: [
        online,
        clickNotification,
        hiddenNotification,
        `macOS 14以降では、${users}でも行えます。${register}を選択するか、「編集」>「修復」を選択します。`,
        ...(deviceRegistered
          ? [
              'すでに「Registered」（「登録済み」の意味）と表示されている場合があります。これはMacの状況で、アカウントの設定はまだ必要です。',
            ]
          : []),
        closedWindow,
        askForHelp,
      ],
      solved: works,
    }),
    'sso-tokens-expired': {
      title: '仕事用サインインの有効期限が切れました',
      body: connectAndUnlock,
      steps: [online, 'Macの日付と時刻が正しいか確認します。', withPassword, ifAsked, askForHelp],
      solved: works,
    },
    'sso-tokens-missing': {
      title: '仕事用サインインが有効になっていません',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
    'company-portal-missing': {
      title: '仕事用サインインに必要なアプリがありません',
      body: 'アプリ「ポータル サイト」がこのMacにありません。会社のアプリカタログからインストールするか、ITサポートに連絡してください。',
      steps: [
        online,
        '会社がソフトウェアを提供しているアプリ（「Self Service」や「Managed Software Center」など）を開きます。',
        'そこから「ポータル サイト」（Company Portal）を「アプリケーション」フォルダにインストールします。',
        'アプリを別のフォルダに移動した場合は、「アプリケーション」フォルダに戻します。',
        'アプリが見つからない場合は、ITサポートに連絡してください。',
      ],
      solved: `アプリ「ポータル サイト」が再度インストールされました。${works}`,
    },
    'auth-method-changed-reregister': {
      title: '仕事用サインインをもう一度設定してください',
      body: '会社がこのMacでのサインイン方法を変更しました。macOSの通知「Registration Required」をクリックし、手順に従ってください。',
      steps: [
        online,
        '電話など、サインインの確認に使うものを用意します。',
        clickNotification,
        hiddenNotification,
        `macOS 14以降では、${users}>「編集」>「修復」でも行えます。`,
        askForHelp,
      ],
      solved: works,
    },
    'sso-token-refresh-overdue': {
      title: 'Macが仕事用サインインを更新できませんでした',
      body: '当面はこのまま作業を続けられます。画面をロックして解除し、macOSからサインインを求められた場合は、手順に従ってください。',
      steps: [
        online,
        '画面をロックし（Control＋Command＋Q）、いつもの方法でロックを解除します。',
        ifAsked,
        orAuthenticate,
        askForHelp,
      ],
      solved: works,
    },
    'token-binding-owed': {
      title: 'このMacのパスワードで一度ロックを解除してください',
      body: '仕事用サインインを一度確認する必要があります。画面をロックし、Touch IDを使わずに、このMacのパスワードを入力してロックを解除してください。',
      steps: [
        online,
        '画面をロックし（Control＋Command＋Q）、Touch IDを使わずに、このMacのパスワードを入力してロックを解除します。',
        'macOSからサインインを求められた場合は、このMacのパスワードを入力します。',
        askForHelp,
      ],
      solved: works,
    },
    'user-authentication-required': {
      title: '仕事用アカウントでもう一度サインインしてください',
      body: connectAndUnlock,
      steps: [online, withPassword, ifAsked, orAuthenticate, askForHelp],
      solved: works,
    },
  },
  apps: {
    entra: '「ポータル サイト」',
    okta: '「Okta Verify」',
    other: '（仕事用サインイン）',
  },
  restartFirst: {
    body: 'まずMacを再起動し、インターネットに接続してログインしてください。その後、macOSからサインインを求められた場合は、手順に従ってください。',
    step: '作業内容を保存し、Macを再起動します。仕事用サインインが使えるようになった場合、残りの手順は不要です。',
  },
  helpdesk: [
    {
      phrase: 'ITサポート',
      named: (helpdesk) => helpdesk,
      of: (organization) => `${organization}のITサポート`,
    },
  ],
  help: (helpdesk) => `お問い合わせ先：${helpdesk}。`,
  connect: online,
  ownSolved: {
    title: '必要な操作はなくなりました',
    body: (title) => `「${title}」は該当しなくなりました。${works}`,
  },
  solvedTitle: '仕事用サインインが再び使えるようになりました',
  window: {
    fresh: (good) => `${lastGood(good)}macOSが自動的に再確認します。`,
    due: (good) => `${lastGood(good)}次にロックを解除したときに、macOSが再確認します。`,
    hint: (good) => `${lastGood(good)}画面をロックして解除すると、macOSが再確認します。`,
    overdue: (good) =>
      `${lastGood(good)}その後Macが確認できていないため、画面をロックし、現在の仕事用パスワードでロックを解除してください。`,
    pending: () => 'macOSが仕事用パスワードの入力を待っています。',
    suspended: (good) => `${lastGood(good)}まず、仕事用サインインの設定または修復が必要です。`,
    removed: (good) => `${lastGood(good)}その後、仕事用サインインはこのMacから削除されました。`,
    notApplicable: () => 'Macのパスワードは、仕事用パスワードとは別のものです。',
    methodNotUnderstood: (method) =>
      `このバージョンのPSSO Monitorでは、サインイン方法${method}がMacのパスワードにどう影響するかわかりません。`,
    unknown: (good) =>
      good === null
        ? '仕事用パスワードが最後に確認された日時は不明です。'
        : `${lastGood(good)}それより新しい情報はありません。`,
  },
  advice: {
    title: 'このMacの仕事用サインイン',
    headlines: {
      ok: '仕事用サインインはこのMacで使えます。',
      'needs-attention': '仕事用サインインに問題があります。',
      'not-registered': '仕事用サインインの設定が完了していません。',
      'not-configured': 'このMacでは仕事用サインインが設定されていません。',
      exempt: 'お使いのアカウントは、このMacで仕事用サインインを必要としません。',
    },
    unknown: '現在、仕事用サインインを確認できません。',
    noHistory: '仕事用サインインはまだ確認されていません。10分後にもう一度お試しください。',
    elsewhere: 'それでもサインインできない場合は、ITサポートに連絡してください。',
    silenced: (until) => `この件の通知は${until}まで表示されません（ご自身で設定）。`,
    close: 'OK',
    makeReport: 'IT部門向けのレポートを作成',
  },
  notificationTest: {
    title: 'テスト通知',
    body: 'この通知が読める場合、仕事用サインインに関する通知を受け取れます。操作は必要ありません。',
  },
  report: {
    title: '{mac}のPlatform SSO',
    thisMac: 'このMac',
    helpdesk: 'ITサポート',
    headlines: {
      ok: 'Platform SSOは正常に動作しています。',
      'needs-attention': 'Platform SSOに問題があります。',
      'not-registered': 'Platform SSOは設定済みですが、登録されていません。',
      'not-configured': 'このMacではPlatform SSOが設定されていません。',
      exempt: 'このアカウントはPlatform SSOの対象外です。',
      unknown: 'Platform SSOが動作しているかどうかは不明です。',
    },
    notKnown: {
      since: '{time}から不明（それ以前：{was}）',
      neverPolled: '不明：エージェントはまだ一度も観測していません（それ以前：{was}）',
    },
    stateOfSignIn: 'サインインの状態',
    file: 'ファイル：{file}',
    tones: { good: 'OK', quiet: '対応不要', notice: '要確認', bad: '問題', unknown: '不明' },
    severities: { info: '情報', low: '低', medium: '中', high: '高' },
    lastKnown: '最後に確認された状態：',
    since: '{time}から。',
    issues: {
      noneOpen: '未解決の問題はありません',
      noneWasOpen: '未解決の問題はありませんでした',
      openSince: '{time}から未解決（{duration}）、重大度：{severity}。',
      historyEnds: '履歴は{time}で終わります。その後の状態は不明です。',
      silenced: 'ユーザは{time}まで通知を停止しています。',
      changedBefore: 'その前に変わったこと',
      userSteps: 'ユーザができること',
      adminSteps: '管理者向け（英語）：対処方法、確認方法、リンク',
      open: { one: '未解決の問題：1件', other: '未解決の問題：{count}件' },
      resolved: { one: '解決した問題：1件', other: '解決した問題：{count}件' },
      heads: ['問題', '発生', '解決', '期間', '概要'],
    },
    timeline: {
      heading: 'タイムライン',
      empty: 'まだ何も記録されていません。',
      shown: '表示中：{from} – {to}（{length}）、時間帯：{zone}。',
      about: 'タイムライン：{names}。下の表に同じ内容があります。',
      part: 'タイムラインの表示範囲',
      ended: '履歴は{time}で終わります。現在は{now}です。',
      end: '履歴の終わり',
      now: '現在',
      everything: 'すべて',
      theBreak: '障害の前後',
      lastDay: '直近1日',
      lastDays: '直近{count}日',
      closer: '拡大',
      wider: '縮小',
      earlier: '前の期間',
      later: '次の期間',
      hint: 'ドラッグで移動、Ctrlを押しながらスクロールで拡大／縮小。',
      table: 'タイムラインの表',
      newestFirst: 'タイムライン（新しい順）',
      newestOf: 'タイムラインの期間とイベント{all}件のうち新しい{some}件',
      heads: ['項目', '状態', '開始', '終了', '期間'],
    },
    lanes: {
      registration: {
        name: '登録',
        about: 'このMacとそのユーザがIDプロバイダに登録されていたかどうか。',
        states: {
          complete: '登録済み',
          device: 'デバイスのみ登録済み',
          none: '未登録',
          removed: '未設定',
          unknown: '不明',
        },
      },
      tokens: {
        name: 'サインイントークン',
        about: 'このMacのサインイントークンが有効だったか、期限切れだったか。',
        states: { valid: '有効', expired: '期限切れ', unregistered: '登録なし', unknown: '不明' },
      },
      passwordWindow: {
        name: 'パスワードの確認',
        about: '仕事用パスワードが直前の4時間5分以内に確認されていたかどうか。',
        states: {
          fresh: '確認済み',
          due: '次のロック解除時に確認',
          overdue: '期限超過',
          pending: 'macOSがパスワードを要求中',
          suspended: '登録なし',
          unknown: '不明',
        },
      },
      watching: {
        name: 'Macとエージェント',
        about:
          'エージェントが観測していた時間と、していなかった時間（Macのスリープ、またはエージェントの停止）。',
        states: {
          watching: '観測中',
          asleep: 'スリープ',
          notRunning: 'エージェント停止中',
          unwatched: '観測なし',
        },
      },
      issue: { about: '問題{issue}が未解決だった期間。', open: '未解決' },
      changes: {
        name: '変更',
        about: 'アップデート、プロファイル、ポリシーなど、障害の説明となりうる変更。',
      },
      shown: { name: 'ユーザへの通知', about: 'ユーザに表示された通知。' },
    },
    events: {
      heading: 'イベント',
      count: '{all}件中{found}件。',
      countHere: '{all}件中{found}件、{from}〜{to}件目を表示。',
      newer: '新しいイベント',
      older: '古いイベント',
      pages: 'イベントのページ',
      table: 'イベントの表',
      newestFirst: 'イベント（新しい順）',
      filter: 'イベントの絞り込み',
      search: '検索',
      example: '例：registration',
      which: 'イベントの種類',
      notable: '定期的なもの以外',
      everything: 'すべて',
      any: 'すべて',
      orMore: '{severity}以上',
      onlyShown: 'タイムラインに表示中の期間のみ',
      heads: ['時刻', '種類', '重大度', '概要'],
    },
    confirmations: {
      heading: 'パスワードの確認',
      none: '期限になった確認はまだありません。',
      about:
        '各行は、パスワードの確認から次の確認までの1回のトークン周期です。パスワードがほかの場所で変更された時刻は、Macにはわかりません。',
      late: '遅れたトークン周期：{all}件中{late}件',
      newestFirst: 'パスワードの確認（新しい順）',
      heads: ['前回の確認', '期限', 'macOSの要求', '次の確認', '結果', '遅れ', '使用時間'],
      outcomes: {
        open: 'まだ',
        'token-refreshed': 'トークンを更新',
        'password-synced': 'パスワードを同期',
        abandoned: '中止：別の登録または方法',
      },
    },
    facts: {
      heading: 'このMac',
      values: {
        complete: '完了',
        device: 'デバイスのみ',
        none: 'なし',
        unclear: '判断不能：ユーザの状態が文書化されていない数値です',
        another: 'その他',
        running: '動作中',
        notRunning: '停止中',
        yes: 'はい',
        no: 'いいえ',
        notInstalled: '未インストール',
      },
      methods: {
        password: 'パスワード',
        secureEnclaveKey: 'Secure Enclaveの鍵',
        smartCard: 'スマートカード',
        accessKey: 'アクセスキー',
        openId: 'OpenID',
        none: 'なし',
        unknown: '不明',
      },
      names: {
        User: 'ユーザ',
        Device: 'デバイス',
        'Identity provider': 'IDプロバイダ',
        'Sign-in method': 'サインイン方法',
        Registration: '登録',
        'Password last confirmed': 'パスワードの最終確認',
        'Tokens expire': 'トークンの有効期限',
        'Mac password last set': 'Macのパスワードの最終設定',
        macOS: 'macOS',
        'Company Portal': 'ポータル サイト',
        'Enrolled in MDM': 'MDMに登録',
        'PSSO Monitor': 'PSSO Monitor',
        Agent: 'エージェント',
        'Last poll': '最新の観測',
      },
    },
    colours: { label: '配色', auto: 'システム', light: 'ライト', dark: 'ダーク' },
    footer: {
      made: 'このレポートはPSSO Monitor {version}が{time}に作成しました。時刻はお使いの時間帯です。UTCを見るには時刻にポインタを合わせてください。',
      selfContained:
        'このファイルは単独で完結しており、何も読み込まず、何も送信しません。グラフはApache EChartsが描画します。',
    },
    noScript:
      'このファイルのスクリプトがページを描画します。表示するにはスクリプトを許可してください。ほかには何も読み込みません。',
  },
};
