package app.headlight.web.api;

import app.headlight.services.jobs.Job;

/** What was asked for takes long: it is a job now, or was one already. */
final class QueuedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Job job;

    QueuedException(Job job) {
        super("search " + job.id() + " is " + job.state(), null, false, false);
        this.job = job;
    }

    Job job() {
        return job;
    }
}
