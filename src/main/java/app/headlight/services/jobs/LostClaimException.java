package app.headlight.services.jobs;

/** A node's turn is over: the job is another node's by now, or deleted. Whoever works at it lets this pass. */
public final class LostClaimException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LostClaimException(JobStore.Claim claim) {
        super("claim " + claim.number() + " of job " + claim.job() + " has been lost");
    }
}
