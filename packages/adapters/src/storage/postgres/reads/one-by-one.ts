/**
 * At the end of a lateral subquery that finds the rows of one key: it is planned by itself, as a walk down the key's index for each. Left to be joined with
 * the whole list of keys, a plan made while the table was small goes through all of the table when it is large, until somebody analyses it.
 */
export const oneByOne = 'offset 0'
