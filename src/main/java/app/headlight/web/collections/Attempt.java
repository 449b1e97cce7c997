package app.headlight.web.collections;

import app.headlight.ground.storage.DiskFullException;
import app.headlight.services.findings.NotAllowedException;
import app.headlight.services.findings.NotFoundException;
import com.vaadin.flow.component.html.Span;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Tries a change of a collection, and shows on the page why it failed; what was typed stays where it is. */
class Attempt extends Span {

    private static final Logger LOG = System.getLogger(Attempt.class.getName());

    Attempt() {
        addClassName("hl-trouble");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    /** @return whether it was done */
    boolean at(Runnable action) {
        setVisible(false);
        try {
            action.run();
            return true;
        } catch (IllegalArgumentException | NotFoundException | NotAllowedException refused) {
            say(sentence(String.valueOf(refused.getMessage())));
        } catch (app.headlight.ground.people.NotAllowedException refused) {
            say(String.valueOf(refused.getMessage()));
        } catch (DataAccessException | TransactionException databaseGone) {
            LOG.log(Level.WARNING, "a change to a collection could not be stored", databaseGone);
            say(
                    DiskFullException.isReasonOf(databaseGone)
                            ? DiskFullException.IN_WORDS
                            : "The database does not answer, so nothing was changed. What you typed is still here: try again in a moment.");
        }
        return false;
    }

    private void say(String why) {
        setText(why);
        setVisible(true);
    }

    private static String sentence(String message) {
        String first = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
        return first.endsWith(".") ? first : first + ".";
    }
}
