/** Attributes of a card that identify an account without a pairing (SmartCardServices(7)). */
export const smartCardMapping = '/etc/SmartcardLogin.plist';
