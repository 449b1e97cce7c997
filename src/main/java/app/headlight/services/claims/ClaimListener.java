package app.headlight.services.claims;

/** Is told when the claims of a finding, or a verdict on one, have changed; within the transaction that changes it. */
@FunctionalInterface
public interface ClaimListener {

    void changed(long finding);
}
