package app.headlight.engine.circuits;

/** What maps over pairs of sentences have in common, whatever they patch: the differences of the logits of whole runs. */
public interface PairTotals {

    /** The difference of the logits in the runs that are patched. */
    Spread base();

    /** The same in the runs that activations are taken from. */
    Spread other();

    /** How many pairs' two runs differ. */
    int differing();
}
