package app.headlight.ground.people;

import java.io.Serializable;

/** An account of a person. */
public record Account(long id, String name, Role role) implements Serializable {}
