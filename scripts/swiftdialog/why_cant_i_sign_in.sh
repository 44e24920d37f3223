#!/bin/sh
# For Self Service (Jamf Pro, Munki's Managed Software Centre), run as root: "Why can't I sign in?". Shows the
# console user the state of work sign-in and what to do, by swiftDialog, or by osascript without swiftDialog.
# The second button puts a report for IT on the Desktop. Prints one line at most, without names.
# docs/admin/pulling-with-swiftdialog.md
tool='/Library/Application Support/PSSO Monitor/bin/psso-monitor'
dialog=/usr/local/bin/dialog
# A window that stays open must not block the caller.
seconds=900

uid=$(/usr/bin/stat -f %u /dev/console)
if [ "${uid:-0}" -lt 500 ]; then
  echo 'PSSO Monitor: nobody is logged in'
  exit 1
fi
if [ ! -x "$tool" ]; then
  echo 'PSSO Monitor: not installed'
  exit 1
fi

# All steps run as that user, who may read only their own history.
as_user() {
  /bin/launchctl asuser "$uid" /usr/bin/sudo -H -u "#$uid" "$@"
}

folder=$(as_user /usr/bin/mktemp -d /tmp/psso-monitor.XXXXXX) || exit 1
# The shell that opens the file runs as the user too: root must not write where a user can put a link.
# shellcheck disable=SC2016
as_user /bin/sh -c '"$1" advice --as dialog > "$2/advice.json" 2>/dev/null; [ -s "$2/advice.json" ]' sh "$tool" "$folder"
known=$?
# For when there is no advice, such as with a damaged history.
title='Your work sign-in on this Mac'
unknown="Your work sign-in can't be checked right now. Please contact your IT support."
report='Make a report for IT'
# It prints a list; the first letters are those of the preferred language.
languages=$(as_user /usr/bin/defaults read -g AppleLanguages 2>/dev/null) || languages=
case ${languages#"${languages%%[a-z]*}"} in
  de[!a-z]*)
    title='Ihre Firmenanmeldung auf diesem Mac'
    unknown='Ihre Firmenanmeldung kann gerade nicht geprüft werden. Bitte wenden Sie sich an Ihren IT-Support.'
    report='Bericht für die IT erstellen'
    ;;
  nl[!a-z]*)
    title='Je zakelijke login op deze Mac'
    unknown='Je zakelijke login kan nu niet worden gecontroleerd. Neem contact op met je IT-helpdesk.'
    report='Maak een rapport voor IT'
    ;;
  ja[!a-z]*)
    title='このMacの仕事用サインイン'
    unknown='現在、仕事用サインインを確認できません。ITサポートに連絡してください。'
    report='IT部門向けのレポートを作成'
    ;;
  pt[!a-z]*)
    title='O seu login corporativo neste Mac'
    unknown='No momento, não é possível verificar o seu login corporativo. Fale com o suporte de TI.'
    report='Criar um relatório para a TI'
    ;;
  fr[!a-z]*)
    title='Votre connexion professionnelle sur ce Mac'
    unknown='Votre connexion professionnelle ne peut pas être vérifiée pour le moment. Contactez votre support informatique.'
    report="Créer un rapport pour l'informatique"
    ;;
  es[!a-z]*)
    title='Tu inicio de sesión del trabajo en tu Mac'
    unknown='Ahora no se puede comprobar tu inicio de sesión del trabajo. Contacta con tu soporte de TI.'
    report='Crear un informe para TI'
    ;;
  it[!a-z]*)
    title='Il tuo accesso aziendale su questo Mac'
    unknown='Al momento il tuo accesso aziendale non può essere verificato. Contatta il tuo supporto IT.'
    report="Crea un report per l'IT"
    ;;
esac

if [ -x "$dialog" ]; then
  set -- --moveable --timer "$seconds" --hidetimerbar
  if [ "$known" -eq 0 ]; then
    as_user "$dialog" --jsonfile "$folder/advice.json" "$@"
  else
    as_user "$dialog" --title "$title" --message "$unknown" --icon caution \
      --button1text OK --button2text "$report" "$@"
  fi
  chosen=$?
else
  text=$unknown
  if [ "$known" -eq 0 ]; then
    text=$(as_user "$tool" advice 2>/dev/null)
    # There is a second button when there is a problem.
    report=$(as_user /usr/bin/plutil -extract button2text raw -o - "$folder/advice.json" 2>/dev/null) || report=
  fi
  # The text is an argument, never a part of the script.
  answer=$(as_user /usr/bin/osascript -e 'on run argv' \
    -e 'set choices to {"OK"}' \
    -e 'if item 2 of argv is not "" then set choices to {item 2 of argv, "OK"}' \
    -e 'set answer to display dialog (item 1 of argv) buttons choices default button "OK" giving up after (item 3 of argv as integer)' \
    -e 'if gave up of answer is false and button returned of answer is not "OK" then return "report"' \
    -e 'end run' "$text" "$report" "$seconds" 2>/dev/null)
  chosen=0
  [ "$answer" != report ] || chosen=2
fi
as_user /bin/rm -rf "$folder"

# 2 is swiftDialog's second button.
[ "$chosen" -eq 2 ] || exit 0
name=psso-monitor-$(/bin/date +%Y-%m-%d-%H%M).zip
# diagnose prints paths for the user; here they would go into the log of the caller.
# shellcheck disable=SC2016
if as_user /bin/sh -c '"$1" diagnose --yes --out "$HOME/Desktop/$2" && /usr/bin/open -R "$HOME/Desktop/$2"' sh "$tool" "$name" >/dev/null 2>&1; then
  echo 'PSSO Monitor: a report was made'
  exit 0
fi
echo 'PSSO Monitor: the report could not be made'
exit 1
