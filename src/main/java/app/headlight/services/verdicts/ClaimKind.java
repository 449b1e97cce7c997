package app.headlight.services.verdicts;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.services.claims.ClaimListener;
import app.headlight.services.claims.ClaimRows;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.JobKind;
import app.headlight.services.jobs.Turn;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The measuring of a finding's claims as a kind of job; what is measured stays whatever becomes of the job. */
@Component
class ClaimKind implements JobKind {

    static final String NAME = "claims";

    private static final String FINDING = "finding ";

    private final ClaimRows rows;
    private final Measures measures;
    private final Laboratory lab;
    private final ModelLibrary library;
    private final Accounts accounts;
    private final ClaimListener listener;

    ClaimKind(
            ClaimRows rows,
            Measures measures,
            Laboratory lab,
            ModelLibrary library,
            Accounts accounts,
            ClaimListener listener) {
        this.rows = rows;
        this.measures = measures;
        this.lab = lab;
        this.library = library;
        this.accounts = accounts;
        this.listener = listener;
    }

    /** What the job of a finding is called. */
    static String name(long finding) {
        return FINDING + finding;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Ending run(Turn turn) {
        long finding = Long.parseLong(turn.job().name().substring(FINDING.length()));
        String model = rows.model(finding).orElseThrow(() -> new Refusal("The finding was deleted."));
        return new Measuring(turn, finding, open(model, turn.job().ownerId()), rows, measures, lab, listener).run();
    }

    private OpenModel open(String model, @Nullable Long owner) {
        Account account = owner == null ? null : accounts.find(owner).orElse(null);
        return library.openFor(account, model)
                .orElseThrow(() -> new Refusal("There is no model “" + model + "” here"
                        + (account == null ? " that everybody sees." : " that " + account.name() + " sees.")));
    }

    @Override
    public void stopped(Job job) {
        // what was measured so far stays
    }

    @Override
    public void deleted(Job job) {
        // likewise
    }
}
