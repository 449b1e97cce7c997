package app.headlight.web.findings;

import app.headlight.ground.storage.DiskFullException;
import app.headlight.services.findings.NotAllowedException;
import app.headlight.services.findings.NotFoundException;
import com.vaadin.flow.component.html.Span;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Where a form says why it could not be saved; its fields keep what was typed. */
class Saving extends Span {

    private static final Logger LOG = LoggerFactory.getLogger(Saving.class);

    Saving() {
        addClassName("hl-trouble");
        getElement().setAttribute("role", "alert");
    }

    /** @return whether it was written; where it was not, it is said why */
    boolean tried(Runnable writing) {
        setText("");
        try {
            writing.run();
            return true;
        } catch (IllegalArgumentException
                | NotAllowedException
                | NotFoundException
                | app.headlight.ground.people.NotAllowedException refused) {
            setText(sentence(String.valueOf(refused.getMessage())));
        } catch (DataAccessException | TransactionException gone) {
            LOG.warn("the database did not take what was written: {}", gone.getMessage());
            setText(
                    DiskFullException.isReasonOf(gone)
                            ? DiskFullException.IN_WORDS
                            : "Nothing was stored: the database cannot be reached, or stores nothing at the moment."
                                    + " What you typed stays here; save it again in a while.");
        }
        return false;
    }

    static String sentence(String message) {
        String ended = message.endsWith(".") ? message : message + ".";
        return ended.isEmpty() ? "" : ended.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + ended.substring(1);
    }
}
