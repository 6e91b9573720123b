package dev.longe.journal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which shapes of records there are by their declarations, and which of them some values show: each
 * record and variant, each constant, each optional component with and without a value.
 */
public final class Coverage {
  private final Set<String> shapes = new TreeSet<>();
  private final Set<Type> visited = new HashSet<>();

  private Coverage() {}

  /** All that values of a type can show. */
  public static Set<String> possible(Type type) {
    Coverage coverage = new Coverage();
    coverage.declare(type);
    return coverage.shapes;
  }

  /** All that these values show. */
  public static Set<String> shown(Collection<?> values) {
    Coverage coverage = new Coverage();
    values.forEach(coverage::look);
    return coverage.shapes;
  }

  private void declare(Type type) {
    if (!visited.add(type)) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        declare(argument);
      }
    } else if (type instanceof Class<?> c && ours(c)) {
      if (c.isEnum()) {
        for (Object constant : c.getEnumConstants()) {
          shapes.add(name(c) + "." + constant);
        }
      } else if (c.isSealed()) {
        for (Class<?> variant : c.getPermittedSubclasses()) {
          declare(variant);
        }
      } else if (c.isRecord()) {
        shapes.add(name(c));
        for (RecordComponent component : c.getRecordComponents()) {
          String path = name(c) + "." + component.getName();
          if (optional(component.getType())) {
            shapes.add(path + " present");
            shapes.add(path + " empty");
          }
          declare(component.getGenericType());
        }
      }
    }
  }

  private void look(Object value) {
    switch (value) {
      case Collection<?> all -> all.forEach(this::look);
      case Map<?, ?> map -> map.values().forEach(this::look);
      case Optional<?> o -> o.ifPresent(this::look);
      case Enum<?> e -> shapes.add(name(e.getDeclaringClass()) + "." + e);
      case Record r -> {
        shapes.add(name(r.getClass()));
        for (RecordComponent component : r.getClass().getRecordComponents()) {
          Object part = part(r, component);
          if (optional(component.getType())) {
            shapes.add(
                name(r.getClass())
                    + "."
                    + component.getName()
                    + (present(part) ? " present" : " empty"));
          }
          look(part);
        }
      }
      default -> {}
    }
  }

  private static Object part(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }

  private static boolean optional(Class<?> type) {
    return type == Optional.class || type == OptionalDouble.class;
  }

  private static boolean present(Object optional) {
    return optional instanceof Optional<?> o
        ? o.isPresent()
        : ((OptionalDouble) optional).isPresent();
  }

  private static boolean ours(Class<?> type) {
    return type.getName().startsWith("dev.longe.");
  }

  private static String name(Class<?> type) {
    return type.getName().substring(type.getName().lastIndexOf('.') + 1);
  }
}
