package app.headlight.services.findings;

import app.headlight.services.claims.Standing;

/**
 * The badge of a head: what people say about it.
 *
 * @param label the kind of its most confirmed finding that names one; empty if none does
 * @param confirmations of that finding
 * @param findings about the head, alone or in a pair
 * @param claims how the claims of all of them stand
 */
public record Badge(String label, int confirmations, int findings, Standing claims) {}
