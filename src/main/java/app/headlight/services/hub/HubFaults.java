package app.headlight.services.hub;

import app.headlight.engine.refusal.Refusal;
import java.util.Objects;

/** What the hub's answers other than “here it is” mean, in words for people. */
final class HubFaults {

    private final HubSettings settings;

    HubFaults(HubSettings settings) {
        this.settings = settings;
    }

    /** Whether the same question may have a better answer soon. */
    static boolean passes(Answer answer) {
        return !answer.isOfEndpoint() || answer.status() == 408 || answer.status() == 429 || answer.status() >= 500;
    }

    /** @param what the file that was asked for; null for the model as a whole */
    Refusal refused(Answer answer, HubName model, String what) {
        boolean hasToken = settings.token() != null;
        String code = Objects.requireNonNullElse(answer.header("X-Error-Code"), "");
        int status = answer.status();
        if (!answer.isOfEndpoint()) {
            return new Refusal(answer.host() + ", to which the hub sends for " + what + " of " + model.name()
                    + ", answers " + status + "; try again later");
        }
        return switch (code) {
            case "GatedRepo" -> gated(model);
            case "RevisionNotFound" ->
                new Refusal(model.name() + " has no revision “" + model.asked()
                        + "”; expected a branch, a tag or a commit, such as main");
            case "EntryNotFound" -> new Refusal(model.name() + " has no file " + what);
            case "RepoNotFound" -> unknown(model);
            default ->
                switch (status) {
                    case 401 -> hasToken ? badToken() : unknown(model);
                    case 403 ->
                        new Refusal("The hub does not let this server read " + model.name()
                                + "; expected a model that is open to " + (hasToken ? "its HF_TOKEN" : "all"));
                    case 404 -> unknown(model);
                    case 429 ->
                        new Refusal("The hub was asked too often by this server; try again in some minutes"
                                + (hasToken ? "" : ", or start Headlight with HF_TOKEN, which may ask more often"));
                    default ->
                        new Refusal("The hub at " + settings.endpoint() + " answers " + status + " when asked for "
                                + what + " of " + model.name() + "; try again later");
                };
        };
    }

    Refusal gated(HubName model) {
        String page = settings.endpoint() + "/" + model.name();
        return new Refusal(
                settings.token() == null
                        ? model.name() + " is gated: its owners give it only to people who ask for it. Ask at " + page
                                + ", and start Headlight with an HF_TOKEN of that account"
                        : model.name() + " is gated, and this server's HF_TOKEN is not let in. Ask for it at " + page
                                + " with the account of that token");
    }

    private Refusal badToken() {
        return new Refusal("The hub at " + settings.endpoint()
                + " does not accept this server's HF_TOKEN; expected one that is valid, or none");
    }

    private Refusal unknown(HubName model) {
        return new Refusal("The hub at " + settings.endpoint() + " knows no model “" + model.name() + "”"
                + (settings.token() == null
                        ? ", or only people who are let in may see it; expected OWNER/NAME of an open model"
                        : ", or this server's HF_TOKEN may not see it; expected OWNER/NAME as on its page"));
    }
}
