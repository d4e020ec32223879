def write_rows(rows, name):
    with open(name, "w") as file:
        for row in rows:
            file.write(str(row))
