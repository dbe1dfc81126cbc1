import { level, type Staffer } from '../auth/permissions'

/** Whether somebody may give stars to anybody's students in the Office: what a child can do is for Skills to say (A13). */
export const mayEvaluate = (person: Staffer): boolean => level(person, 'Skills') === 2
