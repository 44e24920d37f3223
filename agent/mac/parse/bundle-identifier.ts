/** The identifier of an app or an extension, such as `com.example.app`. */
export const bundleIdentifier = /^(?=.{3,155}$)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
