package app.headlight.services.lab;

/** Tells who asks, so that one person's long work does not hold up another's. */
@FunctionalInterface
public interface Askers {

    /** The person or program that the present thread works for; empty: the program itself. */
    String current();
}
