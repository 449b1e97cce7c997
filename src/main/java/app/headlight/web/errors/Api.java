package app.headlight.web.errors;

/** Decides which addresses are answered with problem details. */
final class Api {

    private Api() {}

    /** @param address as it was sent, encoded */
    static boolean isOf(String address, String root) {
        String path = address.startsWith(root) ? address.substring(root.length()) : address;
        return path.replaceFirst("^/+", "").matches("api(?:[/;?#%\\\\].*)?");
    }
}
