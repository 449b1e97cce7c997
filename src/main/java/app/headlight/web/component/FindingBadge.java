package app.headlight.web.component;

/**
 * The badge of a head: what people say about it, as a link.
 *
 * @param head such as "L1H2"
 * @param label what they call it; may be empty
 * @param count of findings
 * @param claims the verdict on their claims to tell first, such as “fails”; empty without claims
 * @param mark it in one character; empty likewise
 * @param title says it in words
 * @param href where they can be read
 */
public record FindingBadge(
        String head, String label, int count, String claims, String mark, String title, String href) {}
