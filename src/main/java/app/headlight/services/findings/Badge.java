package app.headlight.services.findings;

/**
 * The badge of a head: what people say about it.
 *
 * @param label the kind of its most confirmed finding that names one; empty if none does
 * @param confirmations of that finding
 * @param findings about the head, alone or in a pair
 */
public record Badge(String label, int confirmations, int findings) {}
