package app.headlight.findings;

/**
 * What people say of a head.
 *
 * @param label the kind of its most confirmed finding that names one; empty where none does
 * @param confirmations of that finding
 * @param findings about the head, alone or in a pair
 */
public record Badge(String label, int confirmations, int findings) {}
