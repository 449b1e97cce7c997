package app.headlight.web.links;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.ShortLinks;
import app.headlight.web.limits.RateLimit;
import app.headlight.web.view.LongAddresses;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes short links for everybody, signed in or not, but only a limited number for each network address. */
@Component
public class LinkMaker {

    private static final int PER_MINUTE = 30;

    private final ShortLinks links;
    private final SignedIn signedIn;
    private final LongAddresses addresses;
    private final RateLimit limit = new RateLimit(PER_MINUTE);

    LinkMaker(ShortLinks links, LongAddresses addresses, SignedIn signedIn) {
        this.addresses = addresses;
        this.links = links;
        this.signedIn = signedIn;
    }

    /**
     * @param view an address of Headlight
     * @param asker the network address that asks
     * @return the short link, relative to this server's root
     * @throws Refusal in words for people, where it is none of ours or was asked too often
     */
    public String link(String view, String asker) {
        Duration wait = limit.take(asker);
        if (!wait.isZero()) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            throw new Refusal("More than " + PER_MINUTE
                    + " short links a minute were asked for from your address. Wait " + seconds
                    + (seconds == 1 ? " second." : " seconds."));
        }
        return of(addresses.shortened(view, asker, trouble -> {}));
    }

    /** The short link of a view that is stored here, relative to this server's root: there are only few of these. */
    public String of(String view) {
        return "s/" + links.code(signedIn.member().orElse(null), view);
    }
}
